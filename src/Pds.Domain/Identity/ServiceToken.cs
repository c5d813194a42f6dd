using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.Domain.Identity;

/// <summary>A service token as somebody sent it: taken apart within bounds, and nothing of it believed yet.</summary>
public sealed class ServiceToken
{
    /// <summary>The most characters that are looked at: room for the longest DIDs and a method.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The most audiences that one may name.</summary>
    public const int MaxAudiences = 16;

    private readonly Jws _jws;

    private ServiceToken(Jws jws) => _jws = jws;

    /// <summary>The header's <c>alg</c>.</summary>
    public string Algorithm => _jws.Algorithm;

    /// <summary>The header's <c>typ</c>, if it has one.</summary>
    public string? Type => _jws.Type;

    /// <summary>The bytes that are signed.</summary>
    public ReadOnlyMemory<byte> Content => _jws.Content;

    public string? Issuer => _jws.Text("iss");

    /// <summary>Whom it is for: one, or a list; null where the claim is missing or something else.</summary>
    public IReadOnlyList<string>? Audiences => _jws.Texts("aud", MaxAudiences);

    /// <summary>When it ends, in seconds since the Unix epoch; null where the claim is missing or no number.</summary>
    public double? ExpiresAt => _jws.Number("exp");

    /// <summary>The claim <c>lxm</c>, if it is there at all: what tells a service token from a session's.</summary>
    public bool NamesMethod => _jws.Claim("lxm") is { ValueKind: not JsonValueKind.Null };

    public string? Method => _jws.Text("lxm");

    public string? Id => _jws.Text("jti");

    /// <summary>Whether every claim that must be there is, and those that may be are of their kind.</summary>
    public bool IsWellFormed => Issuer is not null && Audiences is not null && ExpiresAt is not null && (!NamesMethod || Method is not null);

    /// <summary>Reads a JWT's three parts; false where that is no JWT whose header names an algorithm. Broken claims only show in <see cref="IsWellFormed"/>:
    /// what the header says of the token is worth knowing before.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceToken? token)
    {
        token = Jws.TryParse(text, MaxLength, out var jws) ? new ServiceToken(jws) : null;
        return token is not null;
    }

    /// <inheritdoc cref="Jws.IsSignedBy(DidKey, ISignatureVerifier)"/>
    public bool IsSignedBy(DidKey key, ISignatureVerifier verifier) => _jws.IsSignedBy(key, verifier);
}
