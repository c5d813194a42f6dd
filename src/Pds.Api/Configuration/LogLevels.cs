
namespace Pds.Api.Configuration;

/// <summary>The level of <c>LOG_LEVEL</c>, and what it does.</summary>
internal static class LogLevels
{
    /// <returns>Null for what is no level.</returns>
    public static LogLevel? Parse(string text) => text.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" or "information" => LogLevel.Information,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "fatal" or "critical" => LogLevel.Critical,
        "silent" or "none" => LogLevel.None,
        _ => null,
    };

    /// <summary>
    /// Nothing below the level is logged. What appsettings.json says of single categories holds as far as it is stricter, so a
    /// debug level does not bring ASP.NET's own debugging with it.
    /// </summary>
    public static ILoggingBuilder UseLevel(this ILoggingBuilder logging, LogLevel level)
    {
        logging.Services.PostConfigure<LoggerFilterOptions>(options =>
        {
            options.MinLevel = level;
            for (var i = 0; i < options.Rules.Count; i++)
                options.Rules[i] = Tightened(options.Rules[i], level);
        });
        return logging;
    }

    private static LoggerFilterRule Tightened(LoggerFilterRule rule, LogLevel level) => new(
        rule.ProviderName, rule.CategoryName, rule.CategoryName is null || rule.LogLevel is not { } own || own < level ? level : own, rule.Filter);
}
