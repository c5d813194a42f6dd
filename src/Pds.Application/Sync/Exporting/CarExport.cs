using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync.Exporting;

/// <summary>Repos as CARs. Whatever the size of the repo, memory holds one path through the tree and the block that is under way.</summary>
internal static class CarExport
{
    /// <summary>Everything, in the streamable order: commit, then the tree from the top with its records in between.</summary>
    public static CarOutput Whole(IRepoSnapshot snapshot) => Car(snapshot, ReadWhole(snapshot));

    /// <summary>The commit, and the nodes and records that are newer than a rev.</summary>
    public static CarOutput Since(IRepoSnapshot snapshot, Tid rev) => Car(snapshot, snapshot.BlocksSince(rev).Prepend(CommitOf(snapshot)));

    /// <summary>The commit, the path through the tree to a key or to where it would be, and the record if there is one.</summary>
    public static CarOutput Proof(IRepoSnapshot snapshot, RecordPath path)
    {
        var tree = MstTree.Load(snapshot.Repo.Head.Data, snapshot);
        var blocks = new BlockSet([CommitOf(snapshot)]);
        MstProof.Path(tree, path.Key, blocks);
        if (tree.Get(path.Key) is { } cid && snapshot.TryGetRecord(cid, out var record)) blocks.Add(new Block(cid, record));
        return Car(snapshot, blocks);
    }

    /// <summary>These blocks and no others; those that the repo does not have are in <paramref name="missing"/>.</summary>
    public static CarOutput Chosen(IRepoSnapshot snapshot, IEnumerable<Cid> cids, out IReadOnlyList<Cid> missing)
    {
        var (blocks, absent) = (new BlockSet(), new List<Cid>());
        foreach (var cid in cids)
        {
            if (cid == snapshot.Repo.Head.Commit) blocks.Add(CommitOf(snapshot));
            else if (snapshot.TryGet(cid, out var block) || snapshot.TryGetRecord(cid, out block)) blocks.Add(new Block(cid, block));
            else absent.Add(cid);
        }

        missing = absent;
        return Car(snapshot, blocks);
    }

    private static IEnumerable<Block> ReadWhole(IRepoSnapshot snapshot)
    {
        yield return CommitOf(snapshot);
        snapshot.ReadAhead();
        foreach (var item in RepoExport.PreOrder(snapshot.Repo.Head.Data, snapshot))
        {
            if (item.Record is null) yield return new Block(item.Cid, item.Node);
            else if (snapshot.TryNextRecord(out var record) && record.Cid == item.Cid) yield return record;
            else throw new InvalidDataException($"The records of {snapshot.Repo.Did} are not those of its tree, from {item.Record} on");
        }
    }

    private static Block CommitOf(IRepoSnapshot snapshot) => new(snapshot.Repo.Head.Commit, snapshot.Repo.CommitBlock);

    private static CarOutput Car(IRepoSnapshot snapshot, IEnumerable<Block> blocks) => new(snapshot.Repo.Head.Commit, blocks, snapshot);
}
