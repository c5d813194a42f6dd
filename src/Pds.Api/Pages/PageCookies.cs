using Pds.Application.Options;

namespace Pds.Api.Pages;

/// <summary>How the cookies of pages are called and bound: to this host alone, unreadable for scripts, and not sent by other sites' requests.</summary>
/// <remarks>Browsers keep one jar for all ports of loopback, so in the sandbox, which has no TLS, a name bears the port in the place of <c>__Host-</c>.</remarks>
internal sealed class PageCookies(ServiceOptions service)
{
    private readonly Uri _url = new(service.PublicUrl);

    public bool IsHttps => _url.Scheme == Uri.UriSchemeHttps;

    public string NameOf(string purpose) => IsHttps ? $"__Host-{purpose}" : $"{purpose}-{_url.Port}";

    /// <summary>For the parts of ASP.NET that set cookies of their own.</summary>
    public void Bind(CookieBuilder cookie, string purpose)
    {
        cookie.Name = NameOf(purpose);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax; // strict ones stay behind where another site led here, as apps do
        cookie.SecurePolicy = IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }

    public CookieOptions Options(TimeSpan maxAge) => new() { Path = "/", HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = IsHttps, MaxAge = maxAge };
}
