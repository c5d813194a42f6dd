using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Benchmarks;

/// <summary>A repo such as the network has: posts and likes under TIDs, written in the order of their time.</summary>
internal sealed class SampleRepo
{
    private const ulong FirstTid = 1_700_000_000_000_000UL << 10;

    public SampleRepo(int records)
    {
        var tree = MstTree.Empty;
        for (var i = 0; i < records; i++)
        {
            var record = Post(i);
            Records[record.Cid] = record;
            tree = tree.Put(Path(i).Key, record.Cid, out _);
        }

        Nodes = new BlockSet(tree.NodeChanges().Added);
        Root = tree.RootCid;
        Next = new RecordWrite(Path(records), Post(records));
    }

    public BlockSet Nodes { get; }

    public Dictionary<Cid, Block> Records { get; } = [];

    public Cid Root { get; }

    /// <summary>One more record, later than all others.</summary>
    public RecordWrite Next { get; }

    public static RecordPath Path(int number) =>
        new(Nsid.Parse(number % 3 == 0 ? "app.bsky.feed.like" : "app.bsky.feed.post"), RecordKey.Of(new Tid(FirstTid + ((ulong)number * 7_919_000UL << 10))));

    public static LexObject Record(int number) => new(new Dictionary<string, LexValue>
    {
        [LexObject.TypeKey] = new LexString("app.bsky.feed.post"),
        ["text"] = new LexString($"The post of number {number}: short, as most are, though not so short that it says nothing."),
        ["langs"] = new LexArray([new LexString("en")]),
        ["createdAt"] = new LexString("2024-01-01T00:00:00.000Z"),
    });

    private static Block Post(int number) => Block.Of(DagCborWriter.Encode(Record(number)));
}
