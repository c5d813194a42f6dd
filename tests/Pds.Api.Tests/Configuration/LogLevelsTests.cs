using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

public sealed class LogLevelsTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("fatal", LogLevel.Critical)]
    [InlineData("silent", LogLevel.None)]
    public void The_official_names_are_known(string text, LogLevel level) => Assert.Equal(level, _server.Read(("LOG_LEVEL", text)).LogLevel);

    [Fact]
    public void Nothing_is_logged_where_logging_is_off() =>
        Assert.Equal(LogLevel.None, _server.Read(("LOG_ENABLED", "false"), ("LOG_LEVEL", "debug")).LogLevel);

    [Theory]
    [InlineData(LogLevel.Debug, LogLevel.Debug, LogLevel.Warning)]
    [InlineData(LogLevel.Error, LogLevel.Error, LogLevel.Error)]
    [InlineData(LogLevel.None, LogLevel.None, LogLevel.None)]
    public void The_level_lowers_the_general_rule_and_raises_every_rule(LogLevel level, LogLevel ours, LogLevel framework)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LogLevel:Default"] = "Information",
            ["LogLevel:Microsoft.AspNetCore"] = "Warning",
        }).Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(settings).AddProvider(new Everything()).UseLevel(level)).BuildServiceProvider();
        var loggers = services.GetRequiredService<ILoggerFactory>();

        Assert.Equal(ours, LowestOf(loggers.CreateLogger("Pds")));
        Assert.Equal(framework, LowestOf(loggers.CreateLogger("Microsoft.AspNetCore.Hosting")));
    }

    private static LogLevel LowestOf(ILogger logger) => Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || logger.IsEnabled(level));

    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
