using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>The keys that issuers of service tokens sign with, from their DID documents. One for all requests.</summary>
/// <remarks>
/// Anyone can send a token in anyone's name with a signature that is garbage. Such a token must not be a lever to make this server ask the network over and
/// over, so a document is asked for anew at most once in <see cref="Pause"/>.
/// </remarks>
internal sealed class IssuerKeys(IIdentityResolver identities, TimeProvider time)
{
    /// <summary>How soon an issuer's document may be asked for anew. That long a new key may go unnoticed while somebody sends garbage in its name.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const int Remembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Did, DateTimeOffset> _refreshed = [];

    /// <exception cref="XrpcException">AuthenticationRequired: the issuer does not resolve, or its document has no such key.</exception>
    public async Task<DidKey> FindAsync(DidReference issuer, CancellationToken ct)
    {
        var document = await identities.ResolveDidAsync(issuer.Did, ct) ?? throw XrpcException.AuthenticationRequired("could not resolve iss did");
        return KeyOf(document, issuer) ?? throw XrpcException.AuthenticationRequired("missing or bad key in did doc");
    }

    /// <summary>The key as it is now; null where there is none, or it was asked for a moment ago.</summary>
    public async Task<DidKey?> RefreshAsync(DidReference issuer, CancellationToken ct)
    {
        if (!MayAsk(issuer.Did)) return null;
        return await identities.RefreshDidAsync(issuer.Did, ct) is { } document ? KeyOf(document, issuer) : null;
    }

    private bool MayAsk(Did issuer)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_refreshed.TryGetValue(issuer, out var last) && now - last < Pause) return false;
            if (_refreshed.Count >= Remembered && Forget(now) == 0) return false; // a flood in many names: nobody is asked for until it ebbs
            _refreshed[issuer] = now;
            return true;
        }
    }

    private int Forget(DateTimeOffset now)
    {
        var old = _refreshed.Where(pair => now - pair.Value >= Pause).Select(pair => pair.Key).ToList();
        foreach (var issuer in old) _refreshed.Remove(issuer);
        return old.Count;
    }

    /// <summary>A labeler signs with a key of its own.</summary>
    private static DidKey? KeyOf(DidDocument document, DidReference issuer) =>
        issuer.Fragment == "atproto_labeler" ? document.KeyOf("atproto_label") : document.SigningKey;
}
