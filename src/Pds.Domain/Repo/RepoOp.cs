using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Repo;

/// <summary>What one commit does to one record, net: at most one op for a path.</summary>
/// <param name="Action">Follows from the other two.</param>
/// <param name="Path">Which record.</param>
/// <param name="Cid">Its new version; null if it was deleted.</param>
/// <param name="Prev">Its version before; null if it was created.</param>
public sealed record RepoOp(RepoAction Action, RecordPath Path, Cid? Cid, Cid? Prev)
{
    /// <summary>The op as a change of the tree, for <see cref="MstInvert"/>.</summary>
    public MstChange Change => new(Path.Key, Cid, Prev);

    internal static RepoOp Of(RecordPath path, Cid? cid, Cid? prev) =>
        new(cid is null ? RepoAction.Delete : prev is null ? RepoAction.Create : RepoAction.Update, path, cid, prev);
}
