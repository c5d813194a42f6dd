using System.Globalization;
using Microsoft.Extensions.Primitives;
using Pds.Application.Errors;

namespace Pds.Api.Xrpc;

/// <summary>The only place an error becomes an HTTP status.</summary>
internal sealed partial class XrpcExceptionHandler(RequestDelegate next, ILogger<XrpcExceptionHandler> log)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = ClientClosedRequest; // for the log; nobody reads it
        }
        catch (Exception failure)
        {
            await AnswerAsync(http, failure);
        }
    }

    private async Task AnswerAsync(HttpContext http, Exception failure)
    {
        var (status, error) = failure switch
        {
            XrpcException refusal => (StatusOf(refusal), new XrpcError(refusal.Name, refusal.Message)),
            BadHttpRequestException bad => (bad.StatusCode, new XrpcError(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "PayloadTooLarge" : "InvalidRequest", bad.Message)),
            _ => (StatusCodes.Status500InternalServerError, new XrpcError("InternalServerError", "Internal Server Error")), // details go to the log, never out
        };
        var retryAfter = (failure as XrpcException)?.RetryAfter;
        if (status >= StatusCodes.Status500InternalServerError && retryAfter is null) Log(http, failure);

        if (http.Response.HasStarted)
        {
            http.Abort(); // half an answer must not look like a whole one
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentLength = null;
        if (retryAfter is { } wait) TellWhen(http.Response, wait);
        await XrpcAnswer.WriteJsonAsync(http, error);
    }

    /// <summary>A fault of this server's with its stack; another service's in a line, without. What that refuses is for its operator to look into.</summary>
    private void Log(HttpContext http, Exception failure)
    {
        if (failure is XrpcException { Status: not null } or XrpcException { IsLogged: true }) return;
        if (failure is XrpcException { Kind: XrpcErrorKind.UpstreamFailure or XrpcErrorKind.UpstreamTimeout }) LogUpstream(http.Request.Path, failure.InnerException is { } cause ? $"{failure.Message}: {cause.Message}" : failure.Message);
        else LogFailure(http.Request.Path, http.TraceIdentifier, failure);
    }

    /// <summary>The status of a refusal: another service's, or that of its kind.</summary>
    public static int StatusOf(XrpcException refusal) => refusal.Status ?? StatusOf(refusal.Kind);

    /// <summary>Says when it is worth while to try again.</summary>
    public static void TellWhen(HttpResponse response, TimeSpan wait)
    {
        response.Headers.AccessControlExposeHeaders = StringValues.Concat(response.Headers.AccessControlExposeHeaders, "Retry-After");
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static int StatusOf(XrpcErrorKind kind) => kind switch
    {
        XrpcErrorKind.InvalidRequest => StatusCodes.Status400BadRequest,
        XrpcErrorKind.AuthenticationRequired => StatusCodes.Status401Unauthorized,
        XrpcErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        XrpcErrorKind.NotFound => StatusCodes.Status404NotFound,
        XrpcErrorKind.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        XrpcErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        XrpcErrorKind.UpgradeRequired => StatusCodes.Status426UpgradeRequired,
        XrpcErrorKind.RateLimitExceeded => StatusCodes.Status429TooManyRequests,
        XrpcErrorKind.MethodNotImplemented => StatusCodes.Status501NotImplemented,
        XrpcErrorKind.UpstreamFailure => StatusCodes.Status502BadGateway,
        XrpcErrorKind.NotEnoughResources => StatusCodes.Status503ServiceUnavailable,
        XrpcErrorKind.UpstreamTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    [LoggerMessage(LogLevel.Warning, "{Path}: {Problem}")]
    private partial void LogUpstream(PathString path, string problem);

    [LoggerMessage(LogLevel.Error, "{Path} failed (request {TraceId})")]
    private partial void LogFailure(PathString path, string traceId, Exception failure);
}

/// <summary>The body of every error.</summary>
internal sealed record XrpcError(string Error, string Message);
