using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Walks a tree in the order of an export: a node, then from left to right its subtrees and records. The caller brings the block of each node.</summary>
/// <remarks>
/// Holds only the nodes between the root and the present one, so a repo of any size can be walked, and the caller may fetch as it likes: one by one,
/// or a whole subtree ahead by <see cref="MstCodec.Links"/>. Checks what a single node cannot show: that keys ascend across nodes.
/// </remarks>
public sealed class MstWalker
{
    private readonly Stack<Frame> _path = new();
    private readonly MstKey? _from;
    private MstLink? _pending;
    private int? _pendingLayer;
    private MstKey _last;
    private bool _started;

    /// <param name="root">The root of the tree.</param>
    /// <param name="from">Passes over the records before this key, and the subtrees that hold nothing else.</param>
    public MstWalker(Cid root, MstKey? from = null) : this(MstLink.To(root), from)
    {
    }

    internal MstWalker(MstLink root, MstKey? from) => (_pending, _from) = (root, from);

    /// <summary>The next step. A node not entered since is skipped, with all that is below it.</summary>
    public bool TryNext(out MstStep step)
    {
        if (!_started)
        {
            _started = true;
            step = new MstStep(true, _pending!.Cid, default, null);
            return true;
        }

        _pending = null;
        while (_path.TryPop(out var frame))
        {
            if (frame.Slot > 2 * frame.Node.Entries.Length) continue;
            _path.Push(frame with { Slot = frame.Slot + 1 });
            if (Take(frame, out step)) return true;
        }

        step = default;
        return false;
    }

    /// <summary>Enters the node of the present step by its block.</summary>
    /// <exception cref="DataModelException">It is not a node of this tree.</exception>
    public void Enter(ReadOnlySpan<byte> block) => Enter(block, isChecked: false);

    /// <inheritdoc cref="Enter(ReadOnlySpan{byte})"/>
    /// <param name="block">The node.</param>
    /// <param name="isChecked">See <see cref="IBlockSource.HoldsCheckedNodes"/>.</param>
    public void Enter(ReadOnlySpan<byte> block, bool isChecked)
    {
        var pending = _pending ?? throw new InvalidOperationException("The present step is not a node");
        Enter(pending.TryGetLoaded(out var node) ? node : MstCodec.Decode(block, _pendingLayer, isChecked));
    }

    internal void Enter(IBlockSource source)
    {
        var pending = _pending ?? throw new InvalidOperationException("The present step is not a node");
        Enter(pending.Glance(source, _pendingLayer));
    }

    private void Enter(MstNode node)
    {
        var slot = 0;
        if (_from is { } from && _last == default)
        {
            var index = node.Find(from, out var found);
            slot = found ? (2 * index) + 1 : 2 * index;
        }

        _pending = null;
        _path.Push(new Frame(node, slot));
    }

    private bool Take(Frame frame, out MstStep step)
    {
        step = default;
        var (index, isEntry) = (frame.Slot / 2, frame.Slot % 2 == 1);
        if (!isEntry)
        {
            if (frame.Node.Gap(index) is not { } gap) return false;
            (_pending, _pendingLayer) = (gap, frame.Node.Layer - 1);
            step = new MstStep(true, gap.Cid, default, _pendingLayer);
            return true;
        }

        ref readonly var entry = ref frame.Node.Entries[index];
        if (entry.Key <= _last) throw new DataModelException("Tree keys are not in ascending order");
        _last = entry.Key;
        step = new MstStep(false, entry.Value, entry.Key, frame.Node.Layer);
        return true;
    }

    /// <summary>A node and what of it comes next: even slots are gaps, odd ones entries.</summary>
    private readonly record struct Frame(MstNode Node, int Slot);
}
