using System.Text;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Identity;

/// <summary>The DID at <c>/.well-known/atproto-did</c> of a handle's own web server (https://atproto.com/specs/handle#https-well-known-method).</summary>
internal sealed class WellKnownHandleResolver(SafeHttpClient http, IdentityLookupOptions options)
{
    private const int MaxRedirects = 3;

    /// <summary>Of the answer: the longest DID, and some white space.</summary>
    private const int MaxBytes = 4 * 1024;

    /// <summary>Null where the host says nothing, or cannot be asked.</summary>
    public async Task<Did?> ResolveAsync(Handle handle, CancellationToken ct)
    {
        try
        {
            var limits = new OutboundLimits(options.Timeout, MaxBytes, MaxRedirects);
            return DidIn(await http.GetAsync(new Uri($"https://{handle}/.well-known/atproto-did"), limits, "text/plain", ct));
        }
        catch (OutboundException)
        {
            return null;
        }
    }

    /// <summary>The first line, whatever the media type: hosts of static files call it all sorts of things.</summary>
    internal static Did? DidIn(OutboundResponse response)
    {
        var text = Encoding.UTF8.GetString(response.Body).AsSpan();
        var end = text.IndexOf('\n');
        var line = (end < 0 ? text : text[..end]).Trim().ToString();
        return response.IsSuccess && Did.TryParse(line, out var did) ? did : null;
    }
}
