using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Sets one key: replaces its value, or puts it on its layer, splitting whatever subtree it falls into.</summary>
internal struct MstInsert(IBlockSource source, MstKey key, Cid value)
{
    private readonly int _depth = key.Depth;

    /// <summary>What the key named before.</summary>
    public Cid? Previous { get; private set; }

    public MstLink IntoRoot(MstLink root)
    {
        var top = root.Load(source, layer: null);
        if (top.IsEmpty) return MstLink.To(Alone(null, null));
        if (_depth <= top.Layer) return Into(root, top);

        var (left, right) = Split(root, top.Layer);
        for (var layer = top.Layer + 1; layer < _depth; layer++) (left, right) = (Raise(left, layer), Raise(right, layer));
        return MstLink.To(Alone(left, right));
    }

    private MstLink Into(MstLink link, MstNode node)
    {
        var index = node.Find(key, out var found);
        if (found)
        {
            Previous = node.Entries[index].Value;
            return Previous == value ? link : MstLink.To(node.WithValue(index, value));
        }

        var gap = node.Gap(index);
        if (node.Layer == _depth)
        {
            var (left, right) = Split(gap, node.Layer - 1);
            return MstLink.To(node.WithEntry(index, left, new MstEntry(key, value, right)));
        }

        var below = gap is null ? Chain(node.Layer - 1) : Into(gap, gap.Load(source, node.Layer - 1));
        return below == gap ? link : MstLink.To(node.WithGap(index, below));
    }

    /// <summary>Parts a subtree in two: what comes before the key and what comes after. Follows one path down; a part that keeps a whole node keeps its link.</summary>
    private readonly (MstLink? Left, MstLink? Right) Split(MstLink? link, int layer)
    {
        if (link is null) return (null, null);
        var node = link.Load(source, layer);
        var index = node.Find(key, out _);
        var gap = node.Gap(index);
        var (left, right) = Split(gap, layer - 1);

        if (index == node.Entries.Length && right is null) return (link, null);
        if (index == 0 && left is null) return (null, link);
        return (Made(node.Before(index, left)), Made(node.After(index, right)));
    }

    /// <summary>The key in a new node of its own, under as many nodes without keys as it takes to reach the layer.</summary>
    private readonly MstLink Chain(int layer)
    {
        var link = MstLink.To(Alone(null, null));
        for (var above = _depth + 1; above <= layer; above++) link = Raise(link, above)!;
        return link;
    }

    private readonly MstNode Alone(MstLink? left, MstLink? right) => new(_depth, left, [new MstEntry(key, value, right)]);

    private static MstLink? Raise(MstLink? link, int layer) => link is null ? null : MstLink.To(new MstNode(layer, link, []));

    private static MstLink? Made(MstNode? node) => node is null ? null : MstLink.To(node);
}
