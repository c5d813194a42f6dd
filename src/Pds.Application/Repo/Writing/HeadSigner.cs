using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Sees to it that a repo's head is signed by the account's present key: the key may have been replaced, or the repo come from elsewhere.</summary>
internal sealed class HeadSigner(IRepoStore repos, IKeyring keys, ISignatureVerifier verifier, RepoSigner signer)
{
    /// <summary>The head as it is, or as it will be once the unit of work has been saved. No event tells of a new commit but the caller's.</summary>
    /// <exception cref="XrpcException">RepoNotFound.</exception>
    public async Task<Commit> EnsureSignedAsync(Did did, CancellationToken ct)
    {
        var key = await keys.GetAsync(did, ct);
        var repo = await repos.FindAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
        var head = Commit.Decode(repo.CommitBlock);
        return head.Verify(verifier, key.PublicKey) ? head : signer.SignAnew(did, key).Commit;
    }

    /// <summary>A new head of the same tree in any case, with a revision of now: for those who have seen a later one than there is here.</summary>
    /// <inheritdoc cref="EnsureSignedAsync"/>
    public async Task<Commit> SignAnewAsync(Did did, CancellationToken ct) => signer.SignAnew(did, await keys.GetAsync(did, ct)).Commit;
}
