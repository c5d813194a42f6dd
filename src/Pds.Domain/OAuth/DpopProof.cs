using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Crypto;

namespace Pds.Domain.OAuth;

/// <summary>A proof that whoever sends a request has a key (RFC 9449 §4.2), checked as far as the proof and the request alone tell (§4.3). Nonce and replay are left to whoever remembers.</summary>
public sealed class DpopProof
{
    /// <summary>The most characters that are looked at: room for the largest RSA key and its signature.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>How far the clocks may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(3);

    private const int MaxIdLength = 512;

    private DpopProof(Jwk key, string id, string? nonce) => (Key, Id, Nonce) = (key, id, nonce);

    /// <summary>The key that it proves.</summary>
    public Jwk Key { get; }

    /// <summary>Its <c>jti</c>: no two of a key are alike.</summary>
    public string Id { get; }

    /// <summary>The nonce of this server's that it was made with; null for none.</summary>
    public string? Nonce { get; }

    /// <summary>Reads a request's proof; null where it has none.</summary>
    /// <exception cref="OAuthException">invalid_dpop_proof, and what is wrong.</exception>
    public static DpopProof? Read(DpopRequest request, IJwkVerifier verifier, DateTimeOffset now)
    {
        if (request.Proofs.Count == 0) return null;
        if (request.Proofs is not [{ Length: > 0 } text]) throw Refused("DPoP header must contain a single proof");
        if (!Jws.TryParse(text, MaxLength, out var jws) || !jws.HasClaims) throw Refused("Failed to verify DPoP proof: Invalid JWT");

        var key = KeyOf(jws);
        if (!jws.IsSignedBy(key, verifier)) throw Refused("Failed to verify DPoP proof: signature verification failed");
        CheckTime(jws, now);
        CheckRequest(jws, request);

        var id = jws.Text("jti") is { Length: > 0 and <= MaxIdLength } one ? one : throw Refused("DPoP \"jti\" missing");
        if (jws.Claim("nonce") is not null && jws.Text("nonce") is null) throw Refused("Invalid DPoP \"nonce\" type");
        return new DpopProof(key, id, jws.Text("nonce"));
    }

    private static Jwk KeyOf(Jws jws)
    {
        if (jws.Type != "dpop+jwt") throw Refused("Failed to verify DPoP proof: unexpected \"typ\" JWT header value");
        if (!Jwk.Algorithms.Contains(jws.Algorithm)) throw Refused($"Failed to verify DPoP proof: unsupported \"alg\" \"{jws.Algorithm}\"");
        if (jws.Header("crit") is not null) throw Refused("Failed to verify DPoP proof: Extension Header Parameter is not recognized");
        return jws.Header("jwk") is { } json && Jwk.TryParse(json, out var key) && key.Allows(jws.Algorithm)
            ? key
            : throw Refused("Failed to verify DPoP proof: \"jwk\" must be a public JSON Web Key of the algorithm");
    }

    private static void CheckTime(Jws jws, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        if (jws.Number("iat") is not { } issuedAt) throw Refused("Failed to verify DPoP proof: missing required \"iat\" claim");
        if (Math.Abs(seconds - issuedAt) > Tolerance.TotalSeconds) throw Refused("Failed to verify DPoP proof: \"iat\" claim timestamp check failed");
        if (jws.Claim("exp") is not null && !(jws.Number("exp") > seconds - Tolerance.TotalSeconds)) throw Refused("Failed to verify DPoP proof: \"exp\" claim timestamp check failed");
        if (jws.Claim("nbf") is not null && !(jws.Number("nbf") < seconds + Tolerance.TotalSeconds)) throw Refused("Failed to verify DPoP proof: \"nbf\" claim timestamp check failed");
    }

    private static void CheckRequest(Jws jws, DpopRequest request)
    {
        if (jws.Text("htm") != request.Method) throw Refused("DPoP \"htm\" mismatch");
        if (jws.Text("htu") is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var url)) throw Refused("Invalid DPoP \"htu\" type");
        if (url.UserInfo.Length > 0 || address.AsSpan().ContainsAny('?', '#')) throw Refused("DPoP \"htu\" must not contain credentials, query or fragment");
        if (url.Scheme != request.Url.Scheme || url.Authority != request.Url.Authority || url.AbsolutePath != request.Url.AbsolutePath) throw Refused("DPoP \"htu\" mismatch");

        var hash = request.AccessToken is { } token ? Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token))) : null;
        if (hash is null && jws.Claim("ath") is not null) throw Refused("DPoP \"ath\" claim not allowed");
        if (hash is not null && jws.Text("ath") != hash) throw Refused("DPoP \"ath\" mismatch");
    }

    private static OAuthException Refused(string description) => OAuthException.InvalidDpopProof(description);
}
