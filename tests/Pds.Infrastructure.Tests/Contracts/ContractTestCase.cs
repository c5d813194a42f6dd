using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Asks the subclass under test, not the contract's method, whether it can run here.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For xunit's deserialiser")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod method)
        : base(diagnostics, display, displayOptions, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        // A build server must have everything: there the test runs, and fails.
        if (Environment.GetEnvironmentVariable("CI") == "true") return null;
        return TestMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<NeedsAttribute>()?.Missing;
    }
}
