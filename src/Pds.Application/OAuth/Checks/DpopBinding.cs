using Pds.Application.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Checks;

/// <summary>Checks the DPoP proofs of requests (RFC 9449 §4.3), to the authorization server and to the methods alike: the proof itself, then its nonce, then that it is new.</summary>
public sealed class DpopBinding(DpopNonces nonces, IJwkVerifier verifier, TimeProvider time)
{
    /// <summary>How many proofs are remembered: some thousand requests a second.</summary>
    private const int Capacity = 1_000_000;

    private readonly UsedOnce _used = new(time, Capacity);

    /// <summary>A request's proof; null where it has none.</summary>
    /// <exception cref="OAuthException">invalid_dpop_proof, use_dpop_nonce; temporarily_unavailable.</exception>
    public DpopProof? Check(DpopRequest request)
    {
        var now = time.GetUtcNow();
        if (DpopProof.Read(request, verifier, now) is not { } proof) return null;
        if (proof.Nonce is null) throw OAuthException.UseDpopNonce();
        if (!nonces.IsGood(proof.Nonce)) throw OAuthException.UseDpopNonce("DPoP \"nonce\" mismatch");

        return _used.Use($"{proof.Key.Thumbprint} {proof.Id}", now + DpopNonces.Lifetime) switch
        {
            Use.First => proof,
            Use.Again => throw OAuthException.InvalidDpopProof("DPoP proof replayed"),
            _ => throw OAuthException.TemporarilyUnavailable("Too many DPoP proofs at once. Try again in a minute."),
        };
    }

    /// <summary>The same, where there must be one.</summary>
    /// <inheritdoc cref="Check"/>
    public DpopProof Require(DpopRequest request) => Check(request) ?? throw OAuthException.InvalidDpopProof("DPoP proof required");
}
