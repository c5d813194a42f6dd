using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Sync;

/// <summary>One record changed by a commit, as <c>com.atproto.sync.subscribeRepos#repoOp</c> tells it.</summary>
/// <remarks>A consumer undoes the operation with <see cref="Prev"/> to arrive at the tree before the commit.</remarks>
public sealed record RepoOp
{
    private RepoOp(RepoOpAction action, Nsid collection, RecordKey rkey, Cid? cid, Cid? prev) =>
        (Action, Collection, Rkey, Cid, Prev) = (action, collection, rkey, cid, prev);

    public RepoOpAction Action { get; }

    public Nsid Collection { get; }

    public RecordKey Rkey { get; }

    /// <summary>The record's new version; null after a deletion.</summary>
    public Cid? Cid { get; }

    /// <summary>The version that was replaced or deleted; null for a creation.</summary>
    public Cid? Prev { get; }

    public string Path => $"{Collection}/{Rkey}";

    public static RepoOp Create(Nsid collection, RecordKey rkey, Cid cid) => new(RepoOpAction.Create, collection, rkey, cid, null);

    public static RepoOp Update(Nsid collection, RecordKey rkey, Cid cid, Cid prev) => new(RepoOpAction.Update, collection, rkey, cid, prev);

    public static RepoOp Delete(Nsid collection, RecordKey rkey, Cid prev) => new(RepoOpAction.Delete, collection, rkey, null, prev);
}
