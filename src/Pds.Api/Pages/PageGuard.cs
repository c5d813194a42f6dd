using Microsoft.Extensions.Primitives;
using Pds.Api.Limits;
using Pds.Api.Xrpc;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>What holds for every page and for nothing else: who may show it, what it may load, and that only pages of this server send its forms.</summary>
internal sealed class PageGuard(RequestDelegate next, ServiceOptions service, PageCookies cookies, PageAssets assets, HandlePolicy handles, IServiceProvider services)
{
    private const string SameOrigin = "same-origin";
    private const string OneYear = "max-age=31536000"; // of this host alone: names below it may be something else's

    private readonly Uri _url = new(service.PublicUrl);
    private readonly RateLimits? _rates = services.GetService<RateLimits>();

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Page>() is null)
        {
            await next(http);
            return;
        }

        Protect(http.Response);
        AnswerCompression.Leave(http); // a page repeats what was typed beside what is secret, and its compressed length would tell of both
        if (cookies.IsHttps) http.Request.Scheme = Uri.UriSchemeHttps; // TLS ended at the proxy

        var isNew = http.Features.Get<PageFault>() is null; // a request whose fault is shown has been counted
        http.Features.Set(new PageAdmission(isNew && _rates is not null ? _rates.Enter(http, Limit.Global) : default));
        if (IsHostOfHandle(http)) Redirect(http);
        else if (IsFromElsewhere(http.Request)) http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else await next(http);
    }

    /// <summary>The policy of a page's content.</summary>
    /// <param name="formTargets">Where else its form ends; a space before each.</param>
    /// <param name="images">Where else it has pictures from; a space before each.</param>
    public static string Policy(PageAssets assets, string formTargets = "", string images = "") =>
        $"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'{assets.ImageOrigins}{images}; form-action 'self'{formTargets}; base-uri 'none'; frame-ancestors 'none'";

    private void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy(assets);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // for browsers that do not know frame-ancestors
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = SameOrigin; // with no-referrer, browsers send forms with "Origin: null"
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin; // who opened a window with it has no hold on that
        headers["X-Robots-Tag"] = "noindex";
        if (cookies.IsHttps) headers.StrictTransportSecurity = OneYear;
        headers.Remove("Access-Control-Allow-Origin"); // for methods, which take no cookies
    }

    /// <summary>Accounts' handles lead here too. What is signed in to is this server, by its own name.</summary>
    private bool IsHostOfHandle(HttpContext http) =>
        http.Request.Host.Host != _url.Host && Handle.TryParse(http.Request.Host.Host, out var handle) && handles.IsServed(handle);

    private void Redirect(HttpContext http)
    {
        if (GetOrHead.Is(http.Request)) http.Response.Redirect($"{service.PublicUrl}{http.Request.Path}{http.Request.QueryString}", permanent: false);
        else http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }

    /// <summary>Whether a browser says that a form was sent by another site's page. What is not a browser's says nothing, and has no cookies to abuse.</summary>
    private bool IsFromElsewhere(HttpRequest request)
    {
        if (GetOrHead.Is(request)) return false;
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site) return site != SameOrigin;
        return request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin, request);
    }

    private bool IsOwn(StringValues origin, HttpRequest request) => origin == service.PublicUrl || origin == $"{request.Scheme}://{request.Host}";
}

/// <summary>Marks the endpoints that are pages.</summary>
internal sealed class Page;

/// <summary>How a page's request was let in, for the limits that its form is held to besides.</summary>
internal sealed record PageAdmission(Admission Admission);
