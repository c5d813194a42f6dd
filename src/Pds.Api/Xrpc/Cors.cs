using Pds.Api.OAuth;

namespace Pds.Api.Xrpc;

/// <summary>Any page may call: the protocol's credentials are headers, never cookies. Preflights are answered before anything is asked of the caller.</summary>
internal sealed class Cors(RequestDelegate next)
{
    private const string Methods = "GET,HEAD,PUT,PATCH,POST,DELETE";
    private const string OneDay = "86400";

    public Task InvokeAsync(HttpContext http)
    {
        if (OAuthRoutes.Own(http.Request.Path)) return next(http);
        http.Response.Headers.AccessControlAllowOrigin = "*";
        if (!HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers.AccessControlRequestMethod.Count == 0) return next(http);

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.AccessControlAllowMethods = Methods;
        http.Response.Headers.AccessControlAllowHeaders = http.Request.Headers.AccessControlRequestHeaders;
        http.Response.Headers.AccessControlMaxAge = OneDay;
        http.Response.Headers.Vary = "Access-Control-Request-Headers";
        return Task.CompletedTask;
    }
}
