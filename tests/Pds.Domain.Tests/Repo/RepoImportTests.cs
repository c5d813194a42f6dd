using System.Buffers;
using System.Text;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Repo;

public sealed class RepoImportTests : IDisposable
{
    private static readonly Did Alice = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    /// <summary>Keys with many depths, and records that are maps.</summary>
    private static readonly Gen<Dictionary<MstKey, Block>> Content =
        Gen.Select(Trees.Key, Gen.Int[0, 20].Select(Record)).Array[0, 120].Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void What_is_exported_is_imported_in_the_same_order() => Content.Sample(content =>
    {
        var blocks = Blocks(content, out var commit);

        var read = RepoImport.ReadCommit(commit.Cid, blocks);
        var items = RepoImport.PreOrder(read.Data, blocks).ToList();

        Assert.Equal(commit.Unsigned, read.Unsigned);
        Assert.Equal(RepoExport.PreOrder(commit.Data, blocks).Select(item => (item.Cid, item.Record?.ToString())), items.Select(item => (item.Block.Cid, item.Path?.ToString())));
        Assert.Equal(content.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.Cid), items.Where(item => item.Path is not null).ToDictionary(item => item.Path!.ToString(), item => item.Block.Cid));
    });

    /// <summary>A byte of the CAR is changed: either that is noticed, or it was in nothing that the commit names.</summary>
    [Fact]
    public void A_damaged_CAR_is_never_taken_for_another_repo() => Gen.Select(Content, Gen.Int[0, 1_000_000], Gen.Byte[1, 255]).Sample((content, position, change) =>
    {
        var car = Car(Blocks(content, out var commit), commit.Cid);
        car[position % car.Length] ^= change;

        try
        {
            var file = CarReader.Read(car);
            var blocks = new BlockSet(file.Blocks);
            var read = RepoImport.ReadCommit(file.Header.Root, blocks);
            if (!read.Verify(_key, _key.PublicKey)) return;
            Assert.Equal(
                content.OrderBy(pair => pair.Key).Select(pair => (pair.Key.ToString(), pair.Value.Cid)),
                RepoImport.PreOrder(read.Data, blocks).Where(item => item.Path is not null).Select(item => (item.Path!.ToString(), item.Block.Cid)));
        }
        catch (Exception noticed) when (noticed is DataModelException or MissingBlockException)
        {
            // As it should be.
        }
    }, iter: 500);

    [Fact]
    public void Names_the_block_that_is_missing() => Gen.Select(Content, Gen.Int[0, 1000]).Sample((content, pick) =>
    {
        var blocks = Blocks(content, out var commit);
        var gone = blocks.ElementAt(pick % blocks.Count).Cid;
        blocks.Remove(gone);

        var missing = Assert.Throws<MissingBlockException>(() => RepoImport.PreOrder(RepoImport.ReadCommit(commit.Cid, blocks).Data, blocks).Count());

        Assert.Equal(gone, missing.Cid);
    });

    [Fact]
    public void Refuses_a_node_that_is_larger_than_any_honest_one()
    {
        var keys = Enumerable.Range(0, int.MaxValue).Select(i => MstKey.Parse($"com.example.a/{new string('x', 400)}{i:D9}")).Where(key => key.Depth == 0);
        var entries = keys.Take(6000).Select(key => new MstEntry(key, Record(1).Cid, null)).ToArray();
        var node = MstLink.To(new MstNode(0, null, entries)).Block(new BlockSet());

        IsRefused($"The tree node {node.Cid} is not one: It has more than 262144 bytes", node.Cid, [node, Record(1)]);
    }

    [Fact]
    public void Refuses_keys_that_are_out_of_order_within_a_node_and_across_nodes()
    {
        var keys = Enumerable.Range(100, 900).Select(i => MstKey.Parse($"com.example.a/{i}")).ToArray();
        var high = keys.First(key => key.Depth == 1);
        var after = keys.First(key => key.Depth == 0 && key > high);
        var low = MstLink.To(new MstNode(0, null, [new MstEntry(after, Record(1).Cid, null)])).Block(new BlockSet());
        var across = Node((high, Record(1).Cid, null), left: low.Cid);
        var zeros = keys.Where(key => key.Depth == 0).Take(2).ToArray();
        var within = Node([(zeros[1], Record(1).Cid, null), (zeros[0], Record(1).Cid, null)], left: null);

        IsRefused("The tree is not one: Tree keys are not in ascending order", across.Cid, [across, low, Record(1)]);
        IsRefused($"The tree node {within.Cid} is not one: Tree keys are not in ascending order", within.Cid, [within, Record(1)]);
    }

    [Fact]
    public void Refuses_a_subtree_that_stands_twice()
    {
        var keys = Enumerable.Range(100, 900).Select(i => MstKey.Parse($"com.example.a/{i}")).ToArray();
        var low = Node((keys.First(key => key.Depth == 0), Record(1).Cid, null), left: null);
        var twice = Node((keys.First(key => key.Depth == 1), Record(1).Cid, low.Cid), left: low.Cid);

        IsRefused("The tree is not one: Tree keys are not in ascending order", twice.Cid, [twice, low, Record(1)]);
    }

    [Fact]
    public void Refuses_keys_on_another_layer_than_their_depth()
    {
        var keys = Enumerable.Range(100, 900).Select(i => MstKey.Parse($"com.example.a/{i}")).ToArray();
        var mixed = Node([.. new[] { keys.First(key => key.Depth == 0), keys.First(key => key.Depth == 1) }.Order().Select(key => (key, Record(1).Cid, (Cid?)null))], left: null);

        IsRefused($"The tree node {mixed.Cid} is not one: A tree key is on the wrong layer", mixed.Cid, [mixed, Record(1)]);
    }

    [Fact]
    public void Refuses_a_prefix_that_is_shorter_than_it_could_be()
    {
        var keys = Enumerable.Range(100, 900).Select(i => MstKey.Parse($"com.example.a/{i}")).Where(key => key.Depth == 0).Take(2).ToArray();
        var node = Node([(keys[0], Record(1).Cid, null), (keys[1], Record(1).Cid, null)], left: null, shared: (_, _) => 0);

        IsRefused($"The tree node {node.Cid} is not one: A tree key shares more with the one before it than it says", node.Cid, [node, Record(1)]);
    }

    [Fact]
    public void Refuses_nodes_that_hold_nothing()
    {
        var empty = Node([], left: null);
        var above = Node([], left: empty.Cid);

        Assert.Single(RepoImport.PreOrder(empty.Cid, new BlockSet([empty]))); // an empty repo is one
        IsRefused($"The tree node {above.Cid} is not one: A tree node without keys must link to a subtree, and cannot be the root", above.Cid, [above, empty]);
    }

    [Fact]
    public void Refuses_a_commit_that_is_named_as_raw_bytes()
    {
        Blocks([], out var commit);
        var raw = Cid.Of(CidCodec.Raw, commit.Block.Bytes.Span);

        var fault = Assert.Throws<DataModelException>(() => RepoImport.ReadCommit(raw, new BlockSet([new Block(raw, commit.Block.Bytes)])));

        Assert.Equal($"The root {raw} is not a commit: Not a DAG-CBOR block", fault.Message);
    }

    private static void IsRefused(string message, Cid root, Block[] blocks) =>
        Assert.Equal(message, Assert.Throws<DataModelException>(() => RepoImport.PreOrder(root, new BlockSet(blocks)).Count()).Message);

    private static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["number"] = new LexInteger(number) })));

    private static Block Node((MstKey Key, Cid Value, Cid? Right) entry, Cid? left) => Node([entry], left);

    /// <summary>A node of whatever entries, as anybody can encode it.</summary>
    private static Block Node((MstKey Key, Cid Value, Cid? Right)[] entries, Cid? left, Func<byte[], byte[], int>? shared = null)
    {
        var previous = Array.Empty<byte>();
        var encoded = new List<LexValue>();
        foreach (var (key, value, right) in entries)
        {
            var utf8 = Encoding.ASCII.GetBytes(key.ToString());
            var prefix = shared?.Invoke(previous, utf8) ?? MstKey.SharedPrefixLength(previous, utf8);
            encoded.Add(new LexObject(new Dictionary<string, LexValue>
            {
                ["k"] = new LexBytes(utf8.AsMemory(prefix)),
                ["p"] = new LexInteger(prefix),
                ["t"] = Link(right),
                ["v"] = new LexLink(value),
            }));
            previous = utf8;
        }

        return Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["e"] = new LexArray(encoded), ["l"] = Link(left) })));
    }

    private static LexValue Link(Cid? cid) => cid is { } value ? new LexLink(value) : LexNull.Value;

    private static byte[] Car(BlockSet blocks, Cid root)
    {
        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, root);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return car.WrittenSpan.ToArray();
    }

    /// <summary>A repo in the order of its export.</summary>
    private BlockSet Blocks(Dictionary<MstKey, Block> content, out Commit commit)
    {
        var tree = Trees.Build(content.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Cid)));
        commit = new UnsignedCommit(Alice, tree.RootCid, Tid.Parse("3jzfcijpj2z2a")).Sign(_key);
        var records = content.Values.DistinctBy(record => record.Cid).ToDictionary(record => record.Cid);
        return new BlockSet([commit.Block, .. RepoExport.PreOrder(tree.RootCid, Trees.Nodes(tree)).Select(item => item.Record is null ? new Block(item.Cid, item.Node) : records[item.Cid])]);
    }
}
