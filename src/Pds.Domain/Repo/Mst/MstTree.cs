using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>A Merkle search tree: keys to record CIDs, with one root for one content. Never changes; a change returns a new tree that shares the rest.</summary>
/// <remarks>
/// https://atproto.com/specs/repository#mst-structure. Synchronous over an <see cref="IBlockSource"/>: looks at the nodes it needs, encodes and
/// hashes the ones it made. Any member may throw <see cref="MissingBlockException"/>, or <see cref="DataModelException"/> for a node that is not canonical.
/// One thread at a time, as nodes already read are kept.
/// </remarks>
public sealed class MstTree
{
    private readonly MstLink? _loaded;

    private MstTree(IBlockSource source, MstLink? loaded, MstLink root) => (Source, _loaded, Root) = (source, loaded, root);

    /// <summary>A tree without keys that nobody has stored yet, so that its one node counts as new.</summary>
    public static MstTree Empty => new(new BlockSet(), null, MstLink.To(MstNode.Empty));

    public Cid RootCid => Root.Cid;

    internal MstLink Root { get; }

    internal IBlockSource Source { get; }

    /// <summary>The tree with this root; reads nothing yet.</summary>
    public static MstTree Load(Cid root, IBlockSource source)
    {
        var link = MstLink.To(root);
        return new MstTree(source, link, link);
    }

    /// <summary>The record CID of a key, or null.</summary>
    public Cid? Get(MstKey key)
    {
        var (link, layer) = (Root, (int?)null);
        while (true)
        {
            var node = link.Load(Source, layer);
            var index = node.Find(key, out var found);
            if (found) return node.Entries[index].Value;
            if (node.Gap(index) is not { } gap) return null;
            (link, layer) = (gap, node.Layer - 1);
        }
    }

    /// <summary>The keys in order, beginning with <paramref name="from"/> or the first one after it. Keeps only the path to the present key in memory.</summary>
    public IEnumerable<MstLeaf> Walk(MstKey? from = null)
    {
        var walker = new MstWalker(Root, from);
        while (walker.TryNext(out var step))
        {
            if (step.IsNode) walker.Enter(Source);
            else yield return new MstLeaf(step.Key, step.Cid);
        }
    }

    /// <summary>Sets a key; <paramref name="previous"/> is the CID it had, or null if it is new.</summary>
    public MstTree Put(MstKey key, Cid value, out Cid? previous)
    {
        var insert = new MstInsert(Source, key, value);
        var root = insert.IntoRoot(Root);
        previous = insert.Previous;
        return With(root);
    }

    /// <summary>Takes a key out; <paramref name="previous"/> is the CID it had, or null if it was not there.</summary>
    public MstTree Remove(MstKey key, out Cid? previous)
    {
        var remove = new MstRemove(Source, key);
        var root = remove.FromRoot(Root);
        previous = remove.Previous;
        return With(root);
    }

    /// <summary>The nodes that this tree has and the one it was loaded as has not, and the reverse. Looks at touched nodes only.</summary>
    public MstNodeChanges NodeChanges() => MstNodeChanges.Between(_loaded, Root, Source);

    private MstTree With(MstLink root) => root == Root ? this : new MstTree(Source, _loaded, root);
}
