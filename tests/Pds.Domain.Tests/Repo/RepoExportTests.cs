using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo;

public sealed class RepoExportTests
{
    [Fact]
    public void Contains_every_node_once_and_the_records_in_key_order() =>
        Trees.Content.Sample(content =>
        {
            var tree = Trees.Stored(content, out var nodes);

            var items = RepoExport.PreOrder(tree.RootCid, nodes).ToArray();

            Assert.Equal(nodes.Select(block => block.Cid).Order(), items.Where(item => item.Record is null).Select(item => item.Cid).Order());
            Assert.Equal(tree.Walk(), items.Where(item => item.Record is not null).Select(item => new MstLeaf(item.Record!.Value, item.Cid)));
        });

    [Fact]
    public void A_reader_never_meets_a_block_that_nothing_before_it_asked_for() =>
        Trees.Content.Sample(content =>
        {
            var tree = Trees.Stored(content, out var nodes);
            var expected = new Stack<Cid>([tree.RootCid]);

            foreach (var item in RepoExport.PreOrder(tree.RootCid, nodes))
            {
                Assert.Equal(expected.Pop(), item.Cid); // a stack suffices: the order is the tree's own
                if (item.Record is not null) continue;
                foreach (var cid in Links(item.Node.Span).Reverse()) expected.Push(cid);
            }

            Assert.Empty(expected);
        });

    [Fact]
    public void Names_the_node_that_is_missing() =>
        Gen.Select(Trees.Content, Gen.Int[0, 1000]).Sample((content, pick) =>
        {
            var tree = Trees.Stored(content, out var nodes);
            var gone = nodes.ElementAt(pick % nodes.Count).Cid;
            nodes.Remove(gone);

            var missing = Assert.Throws<MissingBlockException>(() => RepoExport.PreOrder(tree.RootCid, nodes).Count());

            Assert.Equal(gone, missing.Cid);
        });

    [Fact]
    public void Refuses_a_tree_whose_subtree_lies_outside_its_gap()
    {
        // Two keys of depth 0 and one of depth 1, the former on the wrong sides of it.
        var keys = Enumerable.Range(100, 900).Select(i => MstKey.Parse($"com.example.a/{i}")).ToArray();
        var high = keys.First(key => key.Depth == 1);
        var after = keys.First(key => key.Depth == 0 && key > high);
        var low = MstLink.To(new MstNode(0, null, [new MstEntry(after, Trees.Record(1).Cid, null)]));
        var root = MstLink.To(new MstNode(1, low, [new MstEntry(high, Trees.Record(1).Cid, null)]));
        var nodes = new BlockSet([root.Block(new BlockSet()), low.Block(new BlockSet())]);

        Assert.Throws<DataModelException>(() => RepoExport.PreOrder(root.Cid, nodes).Count());
    }

    private static IEnumerable<Cid> Links(ReadOnlySpan<byte> node)
    {
        var map = DagCborReader.DecodeObject(node);
        var links = new List<LexValue?> { map["l"] };
        foreach (var entry in ((LexArray)map["e"]!).Items.Cast<LexObject>()) links.AddRange([entry["v"], entry["t"]]);
        return links.OfType<LexLink>().Select(link => link.Value);
    }
}
