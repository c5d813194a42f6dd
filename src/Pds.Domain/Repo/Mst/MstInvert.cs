using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Undoes the changes of a commit on the blocks that came with it, to learn the root from before: how a consumer checks that it was told everything.</summary>
/// <remarks>https://atproto.com/specs/sync#reliable-repository-synchronization</remarks>
public static class MstInvert
{
    /// <summary>The root before the changes, which may be undone in any order.</summary>
    /// <exception cref="DataModelException">The tree does not show a change that was claimed.</exception>
    /// <exception cref="MissingBlockException">The blocks are not enough.</exception>
    public static Cid Undo(Cid root, IBlockSource blocks, IEnumerable<MstChange> changes)
    {
        var tree = MstTree.Load(root, blocks);
        foreach (var change in changes)
        {
            Cid? found;
            tree = change.Previous is { } previous ? tree.Put(change.Key, previous, out found) : tree.Remove(change.Key, out found);
            if (found != change.Value || found == change.Previous) throw new DataModelException($"The commit does not do what its op says about {change.Key}");
        }

        return tree.RootCid;
    }
}
