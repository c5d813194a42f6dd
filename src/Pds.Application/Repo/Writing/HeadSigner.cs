using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Sees to it that a repo's head is signed by the account's present key: the key may have been replaced, or the repo come from elsewhere.</summary>
internal sealed class HeadSigner(IRepoStore repos, IBlockStore blocks, IKeyring keys, ISignatureVerifier verifier, TidClock clock)
{
    /// <summary>The head as it is, or as it will be once the unit of work has been saved: the same tree in a new commit. No event tells of that one but the caller's.</summary>
    public async Task<Commit> EnsureSignedAsync(Did did, CancellationToken ct)
    {
        var key = await keys.GetAsync(did, ct);
        using var snapshot = blocks.OpenSnapshot(did) ?? throw new KeyNotFoundException($"No repo of {did}");
        var head = Commit.Decode(snapshot.Repo.CommitBlock);
        if (head.Verify(verifier, key.PublicKey)) return head;

        var before = snapshot.Repo.Head;
        var change = RepoDiff.Of(MstTree.Load(before.Data, snapshot), []).Sign(before, did, clock.Next(after: before.Rev), key);
        repos.Save(new RepoCommit(did, snapshot.Repo, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        return change.Commit;
    }
}
