using Pds.Api.Xrpc;
using Pds.Application.Options;
using Pds.Application.Ports;

namespace Pds.Api.Health;

/// <summary><c>/xrpc/_health</c>: 200 as soon as the server answers, 503 when its database does not.</summary>
internal static partial class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/xrpc/_health", GetOrHead.Verbs, AnswerAsync);

    private static async Task AnswerAsync(HttpContext http)
    {
        var version = http.RequestServices.GetRequiredService<ServiceOptions>().Version;
        try
        {
            await http.RequestServices.GetRequiredService<IEventLog>().FindLastSeqAsync(http.RequestAborted);
            await XrpcAnswer.WriteJsonAsync(http, new { version });
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnhealthy(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HealthRoutes)), failure);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await XrpcAnswer.WriteJsonAsync(http, new { version, error = "Service Unavailable" });
        }
    }

    [LoggerMessage(LogLevel.Error, "The database does not answer")]
    private static partial void LogUnhealthy(ILogger log, Exception failure);
}
