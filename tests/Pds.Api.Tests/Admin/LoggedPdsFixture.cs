using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

/// <summary>A server that logs all it can, to where a test can read it.</summary>
public sealed class LoggedPdsFixture : PdsFixture
{
    private readonly RecordedLog _log = new();

    /// <summary>Everything that was logged at any level, failures in full.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft"] = "Trace" };

    protected override void Adjust(WebApplicationBuilder builder) => builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Trace);
}
