using System.Security.Cryptography;
using System.Text;
using Pds.Api.Xrpc;
using Pds.Application.Options;

namespace Pds.Api.Pages;

/// <summary>The pages' style sheet and script, which are in the assembly, and where else pages may load pictures from.</summary>
/// <remarks>An address names what is at it, so browsers keep it for good and never show a page of one release in the style of another.</remarks>
internal sealed class PageAssets
{
    private const string Route = "/assets/{hash}/{name}";
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly Dictionary<string, Asset> _assets;

    public PageAssets(BrandingOptions branding, ServiceOptions service)
    {
        Style = new Asset("pages.css", "text/css; charset=utf-8", Palette.Css(branding) + Read("pages.css"));
        Script = new Asset("pages.js", "text/javascript; charset=utf-8", Read("pages.js"));
        _assets = new[] { Style, Script }.ToDictionary(asset => asset.Url);
        string?[] pictures = [service.LogoUrl, branding.BackgroundLightUrl, branding.BackgroundDarkUrl];
        ImageOrigins = string.Concat(pictures.Where(IsWeb).Select(url => $" {new Uri(url!).GetLeftPart(UriPartial.Authority)}").Distinct());
        LogoUrl = IsWeb(service.LogoUrl) ? service.LogoUrl : null;
    }

    public Asset Style { get; }

    public Asset Script { get; }

    /// <summary>The operator's logo; null for none.</summary>
    public string? LogoUrl { get; }

    /// <summary>For the policy of pages: a space before each.</summary>
    public string ImageOrigins { get; }

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Route, GetOrHead.Verbs, Answer);

    private IResult Answer(HttpContext http)
    {
        if (!_assets.TryGetValue(http.Request.Path.Value!, out var asset)) return Results.NotFound();
        http.Response.Headers.CacheControl = Forever;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.ContentType);
    }

    private static bool IsWeb(string? url) => url?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true;

    private static string Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Pds.Api.Pages.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal sealed class Asset
    {
        private const int HashLength = 12;

        public Asset(string name, string contentType, string text)
        {
            (Content, ContentType) = (Encoding.UTF8.GetBytes(text), contentType);
            Url = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(Content))[..HashLength]}/{name}";
        }

        public byte[] Content { get; }

        public string ContentType { get; }

        public string Url { get; }
    }
}
