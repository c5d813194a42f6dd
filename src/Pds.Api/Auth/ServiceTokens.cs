using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>Checks service tokens that others send (https://atproto.com/specs/xrpc#inter-service-authentication-jwt). Names and messages are those of the official server.</summary>
internal sealed class ServiceTokens(ServiceOptions service, IssuerKeys keys, ISignatureVerifier verifier, TimeProvider time)
{
    /// <summary>How far ahead a token may end: the hour that servers give out at the most, and the clocks' differences.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromMinutes(65);

    /// <summary>The service of ours that a token may name beside our DID.</summary>
    private const string OwnService = "atproto_pds";

    // Tokens of other kinds, which are signed too: RFC 9068, our own sessions, RFC 9449.
    private static readonly string[] OtherTypes = ["at+jwt", "refresh+jwt", "dpop+jwt"];

    /// <summary>Everything that can be said of a token without asking anybody.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="method">The method that is called.</param>
    /// <exception cref="XrpcException">BadJwt, BadJwtType, JwtExpired, BadJwtAudience, BadJwtLexiconMethod, BadJwtIss.</exception>
    public (ServiceToken Token, DidReference Issuer) Read(string text, Nsid method)
    {
        if (!ServiceToken.TryParse(text, out var token)) throw Refused("BadJwt", "poorly formatted jwt");
        if (IsOfAnotherType(token.Type)) throw Refused("BadJwtType", $"Invalid jwt type \"{token.Type}\"");
        if (!token.IsWellFormed) throw Refused("BadJwt", "poorly formatted jwt");

        CheckTime(token.ExpiresAt!.Value);
        if (!token.Audiences!.Any(IsThisServer)) throw Refused("BadJwtAudience", "jwt audience does not match service did");
        if (token.Method != method.Value)
            throw Refused("BadJwtLexiconMethod", $"{(token.Method is null ? "missing" : "bad")} jwt lexicon method (\"lxm\"). must match: {method}");
        return DidReference.TryParse(token.Issuer, out var issuer) ? (token, issuer) : throw Refused("BadJwtIss", "jwt iss is not a valid did");
    }

    /// <summary>Whether the issuer signed it, by the key in its document now.</summary>
    /// <exception cref="XrpcException">BadJwtSignature; AuthenticationRequired: the issuer has no key.</exception>
    public async Task VerifyAsync(ServiceToken token, DidReference issuer, CancellationToken ct)
    {
        var key = await keys.FindAsync(issuer, ct);
        if (token.Algorithm != key.JwtAlgorithm) throw Refused("BadJwtSignature", "could not verify jwt signature");
        if (token.IsSignedBy(key, verifier)) return;

        // The issuer may have changed its key a moment ago.
        var fresh = await keys.RefreshAsync(issuer, ct);
        if (fresh is null || fresh == key || !token.IsSignedBy(fresh, verifier)) throw Refused("BadJwtSignature", "jwt signature does not match jwt issuer");
    }

    private void CheckTime(double expiresAt)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (now > expiresAt) throw Refused("JwtExpired", "jwt expired");
        if (expiresAt - now > LongestLifetime.TotalSeconds) throw Refused("BadJwt", "jwt expires too far in the future");
    }

    private bool IsThisServer(string audience) =>
        DidReference.TryParse(audience, out var reference) && reference.Did == service.Did && reference.Fragment is null or OwnService;

    private static bool IsOfAnotherType(string? type) =>
        type is not null && OtherTypes.Any(other => type.Equals(other, StringComparison.OrdinalIgnoreCase) || type.Equals($"application/{other}", StringComparison.OrdinalIgnoreCase));

    private static XrpcException Refused(string name, string message) => XrpcException.ServiceTokenRefused(name, message);
}
