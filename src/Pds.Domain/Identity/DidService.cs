using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Identity;

/// <summary>A service in a DID document.</summary>
/// <param name="Id">A fragment, with or without the DID before it: <c>#atproto_pds</c>.</param>
/// <param name="Type">What kind of service it is.</param>
/// <param name="Endpoint">Where it is; null where the document has something else than text there.</param>
public sealed record DidService(string Id, string Type, string? Endpoint)
{
    /// <summary>The endpoint, where it is an http or https URL without a user name. The host may be anything: whoever connects guards against private addresses.</summary>
    public Uri? Url => TryParseUrl(Endpoint, out var url) ? url : null;

    private static bool TryParseUrl(string? text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return text is not null
            && (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal))
            && Uri.TryCreate(text, UriKind.Absolute, out url)
            && url.Host.Length > 0
            && url.UserInfo.Length == 0;
    }
}
