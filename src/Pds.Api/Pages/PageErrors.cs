using Pds.Api.Xrpc;
using Pds.Application.Errors;

namespace Pds.Api.Pages;

/// <summary>Shows people a page where something is not there or goes wrong, and leaves what programs are answered as it is.</summary>
/// <remarks>Before routing, because it has the request routed again, to <c>/error</c>.</remarks>
internal sealed partial class PageErrors(RequestDelegate next, ILogger<PageErrors> log)
{
    public const string Path = "/error";

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (XrpcException refusal) when (CanShow(http))
        {
            await ShowAsync(http, new PageFault(XrpcExceptionHandler.StatusOf(refusal), refusal));
            return;
        }
        catch (Exception failure) when (CanShow(http) && failure is not OperationCanceledException and not BadHttpRequestException)
        {
            LogFailure(http.Request.Path, http.TraceIdentifier, failure);
            await ShowAsync(http, new PageFault(StatusCodes.Status500InternalServerError, Refusal: null));
            return;
        }

        var status = http.Response.StatusCode;
        if (status >= StatusCodes.Status400BadRequest && http.Response is { HasStarted: false, ContentType: null, ContentLength: null } && CanShow(http))
            await ShowAsync(http, new PageFault(status, Refusal: null));
    }

    /// <summary>Whether a person looks at the answer: the request is a page's, or one that a browser makes to show something.</summary>
    public static bool IsForPerson(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Page>() is not null || (GetOrHead.Is(http.Request) && AcceptsPage(http.Request));

    private static bool CanShow(HttpContext http) => !http.Response.HasStarted && http.Features.Get<PageFault>() is null && IsForPerson(http);

    private static bool AcceptsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/xrpc", StringComparison.Ordinal) && !request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private async Task ShowAsync(HttpContext http, PageFault fault)
    {
        http.Features.Set(fault);
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Method = HttpMethods.Get; // what shows the fault takes no form
        http.Request.Path = Path;
        http.Response.StatusCode = fault.Status;
        if (fault.Refusal?.RetryAfter is { } wait) XrpcExceptionHandler.TellWhen(http.Response, wait);
        await next(http);
    }

    [LoggerMessage(LogLevel.Error, "{Path} failed (request {TraceId})")]
    private partial void LogFailure(PathString path, string traceId, Exception failure);
}

/// <summary>What went wrong with a page.</summary>
/// <param name="Refusal">What the request was refused with; null where there is nothing to say but the status.</param>
internal sealed record PageFault(int Status, XrpcException? Refusal);
