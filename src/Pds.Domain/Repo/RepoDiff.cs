using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>What a batch of writes changes, net of whatever it undoes itself: not signed yet, so it can be computed again after a <see cref="MissingBlockException"/>.</summary>
/// <remarks>https://atproto.com/specs/repository#repository-diffs</remarks>
public sealed class RepoDiff
{
    private RepoDiff(MstTree tree, IReadOnlyList<RepoOp> ops, IReadOnlyList<Block> records)
    {
        Tree = tree;
        Ops = ops;
        Records = records;
        Nodes = tree.NodeChanges();
        EventNodes = Covering(tree, ops, Nodes);
    }

    /// <summary>The tree after the writes.</summary>
    public MstTree Tree { get; }

    /// <summary>One op for each path that now names something else than before, in the order of the first write to each.</summary>
    public IReadOnlyList<RepoOp> Ops { get; }

    /// <summary>The records created and updated, in the order of the ops.</summary>
    public IReadOnlyList<Block> Records { get; }

    /// <summary>The nodes to store and the ones to forget.</summary>
    public MstNodeChanges Nodes { get; }

    /// <summary>The nodes of the commit's event: the new ones and the covering proof of each op; the root always.</summary>
    public IReadOnlyCollection<Block> EventNodes { get; }

    /// <summary>Applies the writes to a tree, which stays as it is.</summary>
    /// <exception cref="MissingBlockException">A node is needed that the tree's source does not have.</exception>
    public static RepoDiff Of(MstTree before, IReadOnlyList<RecordWrite> writes)
    {
        var tree = before;
        var ops = new List<RepoOp>(writes.Count);
        var records = new List<Block>(writes.Count);
        foreach (var (path, record) in LastOfEach(writes))
        {
            var cid = record?.Cid;
            Cid? prev;
            tree = cid is { } value ? tree.Put(path.Key, value, out prev) : tree.Remove(path.Key, out prev);
            if (cid == prev) continue; // the record is as it was, or was not there to delete
            ops.Add(RepoOp.Of(path, cid, prev));
            if (record is { } block) records.Add(block);
        }

        return new RepoDiff(tree, ops, records);
    }

    /// <summary>Signs the outcome as the commit after <paramref name="before"/>; null if it is the repo's first.</summary>
    public RepoChange Sign(RepoHead? before, Did did, Tid rev, ISigningKey key)
    {
        if (before is not null && rev <= before.Rev) throw new ArgumentException("A commit's rev must be later than the one before", nameof(rev));
        return With(before, new UnsignedCommit(did, Tree.RootCid, rev).Sign(key));
    }

    /// <summary>The outcome with a commit that is signed already.</summary>
    public RepoChange With(RepoHead? before, Commit commit) =>
        commit.Data == Tree.RootCid ? new RepoChange(before, commit, this) : throw new ArgumentException("The commit is of another tree", nameof(commit));

    private static OrderedDictionary<RecordPath, Block?> LastOfEach(IReadOnlyList<RecordWrite> writes)
    {
        var last = new OrderedDictionary<RecordPath, Block?>(writes.Count);
        foreach (var write in writes) last[write.Path] = write.Record;
        return last;
    }

    private static BlockSet Covering(MstTree tree, IReadOnlyList<RepoOp> ops, MstNodeChanges nodes)
    {
        var blocks = new BlockSet();
        blocks.Add(tree.Root.Block(tree.Source));
        blocks.AddRange(nodes.Added);
        foreach (var op in ops)
        {
            // An update moves nothing: its path is enough to undo it.
            if (op.Action == RepoAction.Update) MstProof.Path(tree, op.Path.Key, blocks);
            else MstProof.Covering(tree, op.Path.Key, blocks);
        }

        return blocks;
    }
}
