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
    /// <summary>Buffers the commit. No event tells of it but the caller's.</summary>
    /// <exception cref="XrpcException">RepoNotFound.</exception>
    public RepoChange SignAnew(Did did, ISigningKey key)
    {
        using var snapshot = blocks.OpenSnapshot(did) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
        var before = snapshot.Repo.Head;
        var change = RepoDiff.Of(MstTree.Load(before.Data, snapshot), []).Sign(before, did, clock.Next(after: before.Rev), key);
        repos.Save(new RepoCommit(did, snapshot.Repo, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        return change;
    }

    /// <summary>Buffers the commit and, where the account is active, its events: of an account that is not, the network hears nothing of its repo.</summary>
    /// <inheritdoc cref="SignAnew"/>
    public void SignAnewAndTell(Account account, PrivateKey key)
    {
        var change = SignAnew(account.Did, keys.Import(key));
        if (!account.IsActive) return;
        events.Append(CommitEvent.Of(change));
        events.Append(SyncEvent.Of(change.Commit)); // for those that could not verify what came before
    }
}
