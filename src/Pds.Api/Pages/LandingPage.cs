using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pds.Api.Xrpc;
using Pds.Application.Options;

namespace Pds.Api.Pages;

/// <summary><c>/</c>: tells a person what this address is, and what to do next.</summary>
internal static class LandingPage
{
    private const string Style =
        """
        :root { color-scheme: light dark }
        body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto 4rem; padding: 0 1.25rem }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
        code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere }
        a { color: #0b62d6 }
        @media (prefers-color-scheme: dark) { a { color: #7db4ff } }
        dt { font-weight: 600; margin-top: .75rem }
        dd { margin: 0 }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapLanding(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/", GetOrHead.Verbs, Answer);

    private static IResult Answer(HttpContext http, ServiceOptions service, IdentityOptions identity)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        return Results.Text(Render(service, identity), "text/html; charset=utf-8");
    }

    private static string Render(ServiceOptions service, IdentityOptions identity)
    {
        var name = Encode(service.Name ?? service.Hostname);
        var domains = string.Join(", ", identity.HandleDomains.Select(domain => $"<code>you{Encode(domain)}</code>"));
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{name}</title><style>{Style}</style></head>
            <body>
            <main>
            <h1>{name} is a Personal Data Server</h1>
            <p>It keeps people's accounts, posts and files for the <a href="https://atproto.com">AT Protocol</a>, the network behind Bluesky and other apps.
            There is nothing to read here: open one of those apps, choose <em>another hosting provider</em> where it asks, and give it this address.</p>
            <dl>
            <dt>Hosting address</dt><dd><code>{Encode(service.PublicUrl)}</code></dd>
            <dt>Names given out</dt><dd>{domains}{(service.InviteRequired ? ", with an invite code" : "")}</dd>
            <dt>For programs</dt><dd><a href="/xrpc/com.atproto.server.describeServer">describeServer</a>, <a href="/xrpc/_health">health</a></dd>
            {Links(service)}
            </dl>
            </main>
            </body>
            </html>

            """;
    }

    private static string Links(ServiceOptions service)
    {
        (string Title, string? Url)[] links =
        [
            ("Home", service.HomeUrl), ("Support", service.SupportUrl), ("Privacy policy", service.PrivacyPolicyUrl),
            ("Terms of service", service.TermsOfServiceUrl), ("Contact", service.ContactEmail is { } email ? $"mailto:{email}" : null),
        ];
        return string.Concat(links.Where(link => link.Url is not null)
            .Select(link => $"""<dt>{link.Title}</dt><dd><a href="{Encode(link.Url!)}">{Encode(link.Url!.Replace("mailto:", "", StringComparison.Ordinal))}</a></dd>"""));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
