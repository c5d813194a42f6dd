using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Repo;

/// <summary>The order of a full export that a reader can check as it streams: after the commit, each node, then from left to right its subtrees and records.</summary>
/// <remarks>
/// https://atproto.com/specs/repository#car-file-serialization. Records come in key order, so one cursor over the record table can feed them, if it sorts
/// by the whole path. Two paths may name the same record; it comes twice, which readers accept. A caller that fetches nodes asynchronously uses
/// <see cref="MstWalker"/> itself.
/// </remarks>
public static class RepoExport
{
    /// <summary>Everything below a root. Holds only the path to the present node in memory, and checks each node and that keys ascend.</summary>
    /// <exception cref="MissingBlockException">A node is not there: the repo is incomplete.</exception>
    /// <exception cref="DataModelException">The tree is not canonical.</exception>
    public static IEnumerable<ExportItem> PreOrder(Cid root, IBlockSource nodes)
    {
        var walker = new MstWalker(root);
        while (walker.TryNext(out var step))
        {
            if (!step.IsNode)
            {
                yield return new ExportItem(step.Cid, step.Key, default);
                continue;
            }

            if (!nodes.TryGet(step.Cid, out var block)) throw new MissingBlockException(step.Cid);
            walker.Enter(block.Span, nodes.HoldsCheckedNodes);
            yield return new ExportItem(step.Cid, null, block);
        }
    }
}
