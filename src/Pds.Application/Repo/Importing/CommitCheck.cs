using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Importing;

/// <summary>Whether a commit that comes from elsewhere is what its owner published last, as far as a commit can show that.</summary>
internal sealed class CommitCheck(IIdentityResolver identities, ISignatureVerifier verifier, TimeProvider time)
{
    /// <summary>How far clocks may differ. A rev beyond that would keep every later one in the future as well.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>It is of this account, and of no time to come.</summary>
    /// <exception cref="XrpcException">InvalidRequest.</exception>
    public void RequireOwn(Commit commit, Did did)
    {
        if (commit.Did != did) throw XrpcException.InvalidRequest($"The repo is that of {commit.Did}, not of {did}");
        if (commit.Rev.Microseconds > Tid.MicrosecondsOf(time.GetUtcNow() + MaxAhead)) throw XrpcException.InvalidRequest($"The commit's rev {commit.Rev} lies in the future");
    }

    /// <summary>Whether the account's key here signed it.</summary>
    public bool IsSignedBy(Commit commit, ISigningKey ownKey) => commit.Verify(verifier, ownKey.PublicKey);

    /// <summary>It is signed by the key that the account has here, or by the one that its identity names now: until it has moved, that is the key of the server that it leaves.</summary>
    /// <exception cref="XrpcException">InvalidRequest; UpstreamFailure: the identity's directory or host cannot be asked.</exception>
    public async Task RequireSignedAsync(Commit commit, ISigningKey ownKey, CancellationToken ct)
    {
        if (IsSignedBy(commit, ownKey)) return;
        var document = await identities.RefreshDidAsync(commit.Did, ct) ?? throw XrpcException.InvalidRequest($"The commit's signature cannot be checked: could not resolve {commit.Did}");
        if (document.SigningKey is not { } key || !commit.Verify(verifier, key))
            throw XrpcException.InvalidRequest($"The commit is not signed by the signing key of {commit.Did}");
    }
}
