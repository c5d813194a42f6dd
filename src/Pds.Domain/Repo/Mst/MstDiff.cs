using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>How two trees differ, in key order. For trees of any origin; the change just made to a tree is cheaper by <see cref="MstTree.NodeChanges"/>.</summary>
public sealed record MstDiff(IReadOnlyList<MstChange> Changes, MstNodeChanges Nodes)
{
    /// <summary>Walks both trees side by side and skips the subtrees that they share.</summary>
    public static MstDiff Between(MstTree before, MstTree after) => new Comparison(before, after).Run();

    private sealed class Comparison(MstTree before, MstTree after)
    {
        private readonly MstWalker _before = new(before.Root, from: null);
        private readonly MstWalker _after = new(after.Root, from: null);
        private readonly List<MstChange> _changes = [];
        private readonly List<Block> _added = [];
        private readonly HashSet<Cid> _removed = [];
        private MstStep? _old;
        private MstStep? _new;

        public MstDiff Run()
        {
            NextOld();
            NextNew();
            while (_old is not null || _new is not null) Step();

            _added.RemoveAll(block => _removed.Remove(block.Cid)); // seen on both sides, out of step
            return new MstDiff(_changes, new MstNodeChanges(_added, [.. _removed]));
        }

        private void Step()
        {
            if (_old is { IsNode: true } oldNode && _new is { IsNode: true } newNode) StepNodes(oldNode, newNode);
            else if (_old is { IsNode: true }) EnterOld();
            else if (_new is { IsNode: true }) EnterNew();
            else StepRecords();
        }

        private void StepNodes(MstStep old, MstStep @new)
        {
            if (old.Cid == @new.Cid)
            {
                NextOld();
                NextNew();
                return;
            }

            // Enter the higher one, so that equal subtrees meet; a root's layer is not known yet.
            var (oldLayer, newLayer) = (old.Layer ?? int.MaxValue, @new.Layer ?? int.MaxValue);
            if (oldLayer >= newLayer) EnterOld();
            if (newLayer >= oldLayer) EnterNew();
        }

        private void StepRecords()
        {
            var order = (_old, _new) switch
            {
                (null, _) => 1,
                (_, null) => -1,
                ({ } old, { } @new) => old.Key.CompareTo(@new.Key),
            };

            if (order < 0) _changes.Add(new MstChange(_old!.Value.Key, null, _old.Value.Cid));
            else if (order > 0) _changes.Add(new MstChange(_new!.Value.Key, _new.Value.Cid, null));
            else if (_old!.Value.Cid != _new!.Value.Cid) _changes.Add(new MstChange(_new.Value.Key, _new.Value.Cid, _old.Value.Cid));

            if (order <= 0) NextOld();
            if (order >= 0) NextNew();
        }

        private void EnterOld()
        {
            _removed.Add(_old!.Value.Cid);
            _before.Enter(before.Source);
            NextOld();
        }

        private void EnterNew()
        {
            _added.Add(_after.PendingBlock(after.Source));
            _after.Enter(after.Source);
            NextNew();
        }

        private void NextOld() => _old = _before.TryNext(out var step) ? step : null;

        private void NextNew() => _new = _after.TryNext(out var step) ? step : null;
    }
}
