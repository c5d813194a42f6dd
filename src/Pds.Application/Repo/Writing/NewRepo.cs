using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Begins a repo: the commit of an empty tree, and the events that tell of it.</summary>
internal sealed class NewRepo(IRepoStore repos, IKeyFactory keys, IEventLog events, TidClock clock)
{
    public void Create(Did did, PrivateKey signingKey)
    {
        var change = RepoDiff.Of(MstTree.Empty, []).Sign(before: null, did, clock.Next(), keys.Import(signingKey));

        repos.Save(new RepoCommit(did, Before: null, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        events.Append(CommitEvent.Of(change));
        events.Append(SyncEvent.Of(change.Commit));
    }
}
