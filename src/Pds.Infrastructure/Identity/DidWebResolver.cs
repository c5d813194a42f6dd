using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pds.Application.Options;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Identity;

/// <summary>did:web as the protocol has it: a host, perhaps with a port, and no path (https://atproto.com/specs/did#blessed-did-methods).</summary>
internal sealed class DidWebResolver(SafeHttpClient http, IdentityLookupOptions options)
{
    private const string Localhost = "localhost";

    /// <summary>Null where the host has no document of that DID, or the DID is not of this form.</summary>
    /// <exception cref="OutboundException">The host cannot be asked now.</exception>
    public async Task<DidDocument?> ResolveAsync(Did did, CancellationToken ct)
    {
        if (!TryFormUrl(did, out var url)) return null;

        var limits = new OutboundLimits(options.Timeout, DidDocument.MaxBytes);
        var response = await http.GetAsync(url, limits, "application/did+ld+json, application/json", ct);
        if ((int)response.Status >= 500) throw new OutboundException($"{url.Host} answered with status {(int)response.Status}");
        if (!response.IsSuccess) return null;
        try
        {
            var document = DidDocument.Parse(response.Body);
            return document.Id == did ? document : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Where the document of a did:web is. Plain http only for <c>localhost</c>, which only a sandbox connects to.</summary>
    internal static bool TryFormUrl(Did did, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        if (did.Method != "web" || did.Identifier.Contains(':', StringComparison.Ordinal)) return false; // a colon stands for a slash

        string[] parts = Uri.UnescapeDataString(did.Identifier).Split(':');
        var (host, port) = (parts[0], parts.Length == 1 ? "" : $":{parts[^1]}");
        if (parts.Length > 2 || (parts.Length == 2 && !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))) return false;
        if (host != Localhost && !Handle.TryParse(host, out _)) return false;
        return Uri.TryCreate($"{(host == Localhost ? "http" : "https")}://{host}{port}/.well-known/did.json", UriKind.Absolute, out url);
    }
}
