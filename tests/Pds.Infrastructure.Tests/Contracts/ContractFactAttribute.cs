using Xunit.Sdk;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>A fact of a contract. It is skipped, with the reason, in a subclass whose <see cref="NeedsAttribute"/> is not met on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Pds.Infrastructure.Tests.Contracts.ContractFactDiscoverer", "Pds.Infrastructure.Tests")]
public sealed class ContractFactAttribute : FactAttribute;
