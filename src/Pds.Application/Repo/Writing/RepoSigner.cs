using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Signs a repo as it stands anew, with another key: a commit of the same tree.</summary>
/// <remarks>Once the DID document names the new key, nothing that the old one signed verifies any more. Called in the repo's turn.</remarks>
internal sealed class RepoSigner(IRepoStore repos, IBlockStore blocks, IKeyFactory keys, IEventLog events, TidClock clock)
{
    /// <summary>Buffers the commit and, where the account is active, its events: of an account that is not, the network hears nothing of its repo.</summary>
    public async Task SignAnewAsync(Account account, PrivateKey key, CancellationToken ct)
    {
        var repo = await repos.FindAsync(account.Did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(account.Did));
        var change = Sign(repo, keys.Import(key));

        repos.Save(new RepoCommit(repo.Did, repo, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        if (!account.IsActive) return;
        events.Append(CommitEvent.Of(change));
        events.Append(SyncEvent.Of(change.Commit)); // for those that could not verify what came before
    }

    private RepoChange Sign(StoredRepo repo, ISigningKey key)
    {
        using var snapshot = blocks.OpenSnapshot(repo.Did)!;
        return RepoDiff.Of(MstTree.Load(repo.Head.Data, snapshot), []).Sign(repo.Head, repo.Did, clock.Next(after: repo.Head.Rev), key);
    }
}
