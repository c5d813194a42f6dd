using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Tells, layer by layer, which nodes a batch of writes will look at, so that storage is asked once a layer and not once a node.</summary>
/// <remarks>
/// <code>while (prefetch.Wanted.Count > 0) prefetch.Supply(await blocks.GetAsync(prefetch.Wanted, ct));</code>
/// and the tree over <see cref="Blocks"/> then has all it needs. Storage that answers at once needs no prefetch.
/// </remarks>
public sealed class MstPrefetch
{
    private Dictionary<Cid, List<MstKey>> _wanted;
    private int? _layer;

    public MstPrefetch(Cid root, IReadOnlyList<MstKey> keys) => _wanted = new Dictionary<Cid, List<MstKey>> { [root] = [.. keys] };

    /// <summary>The nodes of the next layer; empty once all are there.</summary>
    public IReadOnlyCollection<Cid> Wanted => _wanted.Keys;

    /// <summary>The nodes supplied so far.</summary>
    public BlockSet Blocks { get; } = new();

    /// <summary>Takes the nodes that were wanted and finds out which are wanted next.</summary>
    /// <exception cref="MissingBlockException">One that was wanted is not among them.</exception>
    /// <exception cref="DataModelException">One is not a node of this tree.</exception>
    public void Supply(IBlockSource fetched)
    {
        var next = new Dictionary<Cid, List<MstKey>>();
        var layer = _layer;
        foreach (var (cid, keys) in _wanted)
        {
            if (!fetched.TryGet(cid, out var block)) throw new MissingBlockException(cid);
            Blocks.Add(new Block(cid, block));
            var node = MstCodec.Decode(block.Span, _layer);
            layer = node.Layer;
            foreach (var key in keys) Want(node, key, next);
        }

        (_wanted, _layer) = (next, layer - 1);
    }

    // The covering proof's rule: on to where the key would be, on both sides if it is here.
    private static void Want(MstNode node, MstKey key, Dictionary<Cid, List<MstKey>> next)
    {
        var index = node.Find(key, out var found);
        Add(node.Gap(index));
        if (found) Add(node.Gap(index + 1));

        void Add(MstLink? gap)
        {
            if (gap is null) return;
            if (next.TryGetValue(gap.Cid, out var keys)) keys.Add(key);
            else next[gap.Cid] = [key];
        }
    }
}
