using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Takes one key out: merges the subtrees on both sides of it, and drops nodes that are left with nothing.</summary>
internal struct MstRemove(IBlockSource source, MstKey key)
{
    private readonly int _depth = key.Depth;

    /// <summary>What the key named; null if it was not there.</summary>
    public Cid? Previous { get; private set; }

    public MstLink FromRoot(MstLink root)
    {
        var link = From(root, root.Load(source, layer: null));
        if (link == root) return root;

        // The root has a key of its own, or nothing at all.
        while (link is not null && link.TryGetLoaded(out var top) && top.Entries.Length == 0)
        {
            link = top.Left;
            link?.Load(source, top.Layer - 1);
        }

        return link ?? MstLink.To(MstNode.Empty);
    }

    private MstLink? From(MstLink link, MstNode node)
    {
        if (_depth > node.Layer) return link;
        var index = node.Find(key, out var found);
        if (found)
        {
            Previous = node.Entries[index].Value;
            return Made(node.Without(index, Merge(node.Gap(index), node.Gap(index + 1), node.Layer - 1)));
        }

        if (node.Gap(index) is not { } gap) return link;
        var below = From(gap, gap.Load(source, node.Layer - 1));
        return below == gap ? link : Made(node.WithGap(index, below));
    }

    private readonly MstLink? Merge(MstLink? left, MstLink? right, int layer)
    {
        if (left is null || right is null) return left ?? right;
        var (first, second) = (left.Load(source, layer), right.Load(source, layer));
        return MstLink.To(first.Append(second, Merge(first.Gap(first.Entries.Length), second.Left, layer - 1)));
    }

    private static MstLink? Made(MstNode node) => node.IsEmpty ? null : MstLink.To(node);
}
