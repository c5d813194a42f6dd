namespace Pds.Domain.Repo.Mst;

/// <summary>How two trees of any origin differ. The change just made to a tree is cheaper by <see cref="MstTree.NodeChanges"/>.</summary>
public static class MstDiff
{
    /// <summary>The changes that lead from the one to the other, in key order. Walks both side by side, skips the subtrees that they share, and holds only the paths to the present keys.</summary>
    public static IEnumerable<MstChange> Between(MstTree before, MstTree after) => new Comparison(before, after).Run();

    private sealed class Comparison(MstTree before, MstTree after)
    {
        private readonly MstWalker _before = new(before.Root, from: null);
        private readonly MstWalker _after = new(after.Root, from: null);
        private MstStep? _old;
        private MstStep? _new;

        public IEnumerable<MstChange> Run()
        {
            NextOld();
            NextNew();
            while (_old is not null || _new is not null)
            {
                if (Step() is { } change) yield return change;
            }
        }

        private MstChange? Step()
        {
            if (_old is { IsNode: true } oldNode && _new is { IsNode: true } newNode) StepNodes(oldNode, newNode);
            else if (_old is { IsNode: true }) EnterOld();
            else if (_new is { IsNode: true }) EnterNew();
            else return StepRecords();
            return null;
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

        private MstChange? StepRecords()
        {
            var (old, @new) = (_old, _new);
            var order = (old, @new) switch
            {
                (null, _) => 1,
                (_, null) => -1,
                _ => old.Value.Key.CompareTo(@new.Value.Key),
            };

            if (order <= 0) NextOld();
            if (order >= 0) NextNew();
            if (order < 0) return new MstChange(old!.Value.Key, null, old.Value.Cid);
            if (order > 0) return new MstChange(@new!.Value.Key, @new.Value.Cid, null);
            return old!.Value.Cid == @new!.Value.Cid ? null : new MstChange(@new.Value.Key, @new.Value.Cid, old.Value.Cid);
        }

        private void EnterOld()
        {
            _before.Enter(before.Source);
            NextOld();
        }

        private void EnterNew()
        {
            _after.Enter(after.Source);
            NextNew();
        }

        private void NextOld() => _old = _before.TryNext(out var step) ? step : null;

        private void NextNew() => _new = _after.TryNext(out var step) ? step : null;
    }
}
