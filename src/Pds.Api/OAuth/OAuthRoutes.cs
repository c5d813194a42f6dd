using MediatR;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Application.OAuth.Checks;
using Pds.Application.Options;
using Pds.Domain.OAuth;

namespace Pds.Api.OAuth;

/// <summary>The authorization server's endpoints for clients. Those for browsers are pages.</summary>
internal static class OAuthRoutes
{
    private const string OneDay = "86400";
    private const string FiveMinutes = "max-age=300";

    /// <summary>Whether a path is one of these: they have their own answer to preflights.</summary>
    public static bool Own(PathString path) => path.Value is
        "/.well-known/oauth-authorization-server" or "/.well-known/oauth-protected-resource" or "/oauth/jwks" or "/oauth/par" or "/oauth/token" or "/oauth/revoke";

    public static void MapOAuth(this IEndpointRouteBuilder endpoints)
    {
        MapDocument(endpoints, "/.well-known/oauth-authorization-server", new ServerMetadata());
        MapDocument(endpoints, "/.well-known/oauth-protected-resource", new ResourceMetadata());
        MapDocument(endpoints, "/oauth/jwks", new Jwks());
        MapPost(endpoints, "/oauth/par", Limit.Par, StatusCodes.Status201Created, static (form, dpop) => new Par(form, dpop));
        MapPost(endpoints, "/oauth/token", Limit.Token, StatusCodes.Status200OK, static (form, dpop) => new Token(form, dpop));
        MapPost(endpoints, "/oauth/revoke", Limit.Revoke, StatusCodes.Status200OK, static (form, dpop) => new Revoke(form, dpop));
    }

    private static void MapDocument<TOutput>(IEndpointRouteBuilder endpoints, string path, IRequest<TOutput> query) => endpoints.Map(path, async http =>
    {
        if (!IsWanted(http, HttpMethods.Get)) return;
        http.Response.Headers.CacheControl = FiveMinutes;
        await OAuthJson.WriteAsync(http, StatusCodes.Status200OK, await http.RequestServices.GetRequiredService<IMediator>().Send(query, http.RequestAborted));
    });

    private static void MapPost<TOutput>(IEndpointRouteBuilder endpoints, string path, Limit limit, int status, Func<OAuthForm, DpopRequest, IRequest<TOutput>> command) =>
        endpoints.Map(path, async http =>
        {
            if (!IsWanted(http, HttpMethods.Post)) return;
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.Pragma = "no-cache";
            DpopHeaders.TellNonce(http.Response, http.RequestServices.GetRequiredService<DpopNonces>().Next);
            try
            {
                var output = await SendAsync(http, path, limit, command);
                await OAuthJson.WriteAsync<object>(http, status, output is Unit ? new { } : output!);
            }
            catch (Exception refusal) when (refusal is OAuthException or XrpcException)
            {
                await OAuthFaults.AnswerAsync(http, refusal);
            }
        }).WithMetadata(limit);

    private static async Task<TOutput> SendAsync<TOutput>(HttpContext http, string path, Limit limit, Func<OAuthForm, DpopRequest, IRequest<TOutput>> command)
    {
        var services = http.RequestServices;
        services.GetService<RateLimits>()?.Enter(http, limit).Count(http, request: null);
        using var turn = await services.GetRequiredService<RequestTurns>().EnterAsync(limit.AtOnce!, ClientAddress.Of(http), http.RequestAborted);

        var form = await OAuthBody.ReadAsync(http);
        var url = new Uri(services.GetRequiredService<ServiceOptions>().PublicUrl + path);
        return await services.GetRequiredService<IMediator>().Send(command(form, new DpopRequest(http.Request.Method, url, http.Request.Headers["DPoP"]!)), http.RequestAborted);
    }

    /// <summary>Says to browsers that any page may ask, answers their preflights, and turns other verbs away (RFC 9126 §2.3).</summary>
    private static bool IsWanted(HttpContext http, string method)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "*";
        headers.AccessControlAllowHeaders = "Content-Type,DPoP";
        headers.AccessControlMaxAge = OneDay;
        if (HttpMethods.IsOptions(http.Request.Method)) return false;
        if (http.Request.Method == method || (method == HttpMethods.Get && HttpMethods.IsHead(http.Request.Method))) return true;

        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        headers.Allow = $"{method}, OPTIONS";
        return false;
    }
}
