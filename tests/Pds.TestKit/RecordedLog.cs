using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pds.TestKit;

/// <summary>Keeps everything that is logged: each line with its exception, and the values that a log store would index beside it.</summary>
public sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // Nothing is held.
    }

    private void AddValues<TState>(TState state)
    {
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? []) _lines.Enqueue($"{name}={value}");
    }

    private sealed class Logger(RecordedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            log.AddValues(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
            log.AddValues(state);
        }
    }
}
