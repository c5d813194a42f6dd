using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Begins a repo: the key that signs for it, and the commit of an empty tree.</summary>
internal sealed class NewRepo(IRepoStore repos, IKeyring keyring, IKeyFactory keys, TidClock clock)
{
    /// <summary>Buffers both, and answers the commit for the events that may tell of it.</summary>
    public RepoChange Add(Did did, PrivateKey signingKey)
    {
        keyring.Add(did, signingKey);
        var change = RepoDiff.Of(MstTree.Empty, []).Sign(before: null, did, clock.Next(), keys.Import(signingKey));

        repos.Save(new RepoCommit(did, Before: null, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        return change;
    }
}
