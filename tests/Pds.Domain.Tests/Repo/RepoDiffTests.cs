using System.Buffers;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Repo;

public sealed class RepoDiffTests : IDisposable
{
    private static readonly Did Alice = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static readonly Tid First = Tid.Parse("3jzfcijpj2z2a");
    private static readonly Tid Second = Tid.Parse("3jzfcijpj2z2b");
    private static readonly RecordPath Path = RecordPath.Parse("com.example.a/1");
    private static readonly Block One = Trees.Record(1);
    private static readonly Block Two = Trees.Record(2);

    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    public static TheoryData<Block?, Block?[], RepoAction?> Batches => new()
    {
        { null, [One], RepoAction.Create },
        { null, [One, Two], RepoAction.Create },
        { null, [One, null], null },
        { null, [null], null },
        { One, [Two], RepoAction.Update },
        { One, [Two, Trees.Record(3)], RepoAction.Update },
        { One, [Two, null], RepoAction.Delete },
        { One, [null], RepoAction.Delete },
        { One, [null, Two], RepoAction.Update },
        { One, [null, One], null },
        { One, [One], null },
    };

    [Theory, MemberData(nameof(Batches))]
    public void Writes_to_one_path_come_to_one_op_or_none(Block? before, Block?[] writes, RepoAction? action)
    {
        var tree = before is { } block ? MstTree.Empty.Put(Path.Key, block.Cid, out _) : MstTree.Empty;

        var diff = RepoDiff.Of(tree, [.. writes.Select(write => new RecordWrite(Path, write))]);

        RepoOp[] expected = action is { } op ? [new RepoOp(op, Path, writes[^1]?.Cid, before?.Cid)] : [];
        Assert.Equal(expected, diff.Ops);
        Assert.Equal(writes[^1]?.Cid, diff.Tree.Get(Path.Key));
    }

    [Fact]
    public void A_consumer_with_the_event_alone_arrives_at_the_root_before() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var before = Trees.Stored(content, out _);
            var head = new RepoHead(One.Cid, First, before.RootCid);
            var change = RepoDiff.Of(before, [.. writes.Select(Trees.Write)]).Sign(head, Alice, Second, _key);

            var car = new ArrayBufferWriter<byte>();
            change.WriteCar(car);
            var received = CarReader.Read(car.WrittenMemory);
            var blocks = new BlockSet(received.Blocks);

            Assert.Equal(change.CarLength, car.WrittenCount);
            Assert.Equal(blocks.Count, received.Blocks.Count);
            var commit = Commit.Decode(received.Blocks[0].Bytes);
            Assert.Equal(received.Header.Root, commit.Cid);
            Assert.True(blocks.Contains(commit.Data));
            Assert.All(change.Diff.Nodes.Added, node => Assert.True(blocks.Contains(node.Cid)));
            Assert.All(change.Diff.Ops, op => Assert.True(op.Cid is not { } record || blocks.Contains(record)));
            Assert.Equal(before.RootCid, MstInvert.Undo(commit.Data, blocks, change.Diff.Ops.Select(op => op.Change)));
        });

    [Fact]
    public void A_commit_without_ops_carries_itself_and_the_root()
    {
        var tree = Trees.Stored([new(Path.Key, One.Cid)], out _);

        var change = RepoDiff.Of(tree, []).Sign(new RepoHead(One.Cid, First, tree.RootCid), Alice, Second, _key);

        Assert.Equal([change.Commit.Cid, tree.RootCid], change.Blocks.Select(block => block.Cid));
        Assert.Empty(change.Diff.Nodes.Added);
        Assert.True(change.FitsEvent);
    }

    [Fact]
    public void A_first_commit_brings_the_empty_root()
    {
        var change = RepoDiff.Of(MstTree.Empty, []).Sign(null, Alice, First, _key);

        Assert.Equal(MstTree.Empty.RootCid, Assert.Single(change.Diff.Nodes.Added).Cid);
        Assert.Equal(new RepoHead(change.Commit.Cid, First, MstTree.Empty.RootCid), change.Commit.Head);
    }

    [Fact]
    public void Refuses_a_rev_that_is_not_later()
    {
        var diff = RepoDiff.Of(MstTree.Empty, []);

        Assert.Throws<ArgumentException>(() => diff.Sign(new RepoHead(One.Cid, First, diff.Tree.RootCid), Alice, First, _key));
    }

    [Fact]
    public void Says_when_a_commit_is_more_than_an_event_may_carry()
    {
        var writes = Enumerable.Range(0, RepoChange.MaxOps + 1).Select(i => new RecordWrite(RecordPath.Parse($"com.example.a/{i}"), One)).ToArray();
        var large = Block.Of(DagCborWriter.Encode(new LexString(new string('a', RepoChange.MaxCarLength))));

        Assert.True(RepoDiff.Of(MstTree.Empty, writes[..^1]).Sign(null, Alice, First, _key).FitsEvent);
        Assert.False(RepoDiff.Of(MstTree.Empty, writes).Sign(null, Alice, First, _key).FitsEvent);
        Assert.False(RepoDiff.Of(MstTree.Empty, [new RecordWrite(Path, large)]).Sign(null, Alice, First, _key).FitsEvent);
    }
}
