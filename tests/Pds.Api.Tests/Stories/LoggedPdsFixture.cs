using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>A server that logs all it can, to where a test can read it.</summary>
public sealed class LoggedPdsFixture : PdsFixture
{
    private readonly Lines _lines = new();

    /// <summary>Everything that was logged at any level, failures in full.</summary>
    public IReadOnlyCollection<string> Log => _lines.All;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft"] = "Trace" };

    protected override void Adjust(WebApplicationBuilder builder) => builder.Logging.ClearProviders().AddProvider(_lines).SetMinimumLevel(LogLevel.Trace);

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _all = [];

        public IReadOnlyCollection<string> All => _all;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _all.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? []) _all.Enqueue($"{name}={value}");
        }

        public void Dispose()
        {
        }
    }
}
