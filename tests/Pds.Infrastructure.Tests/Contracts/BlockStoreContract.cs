using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class BlockStoreContract : StoreContract
{
    private protected BlockStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    private TestRepo Repo => field ??= new TestRepo(Database, Alice);

    [Fact]
    public async Task Opens_no_snapshot_of_a_repo_that_is_not_there()
    {
        await Repo.CommitAsync();

        Assert.Null(Database.Services.GetRequiredService<IBlockStore>().OpenSnapshot(Bob));
        Assert.Null(Database.Services.GetRequiredService<IBlockStore>().OpenSnapshot(Bob)); // its connection is usable again
    }

    [Fact]
    public async Task Finds_nodes_and_records_by_their_cids()
    {
        var change = await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 1));

        using var snapshot = StoredBlocks.Open(Database, Alice);

        Assert.Equal(change.Commit.Head, snapshot.Repo.Head);
        Assert.True(snapshot.TryGet(change.Commit.Data, out var node));
        Assert.Equal(change.Commit.Data, Cid.Of(CidCodec.DagCbor, node.Span));
        Assert.True(snapshot.TryGetRecord(TestRepo.Record(1).Cid, out var record));
        Assert.Equal(TestRepo.Record(1).Bytes.ToArray(), record.ToArray());
        Assert.False(snapshot.TryGet(TestRepo.Record(2).Cid, out _));
        Assert.False(snapshot.TryGetRecord(TestRepo.Record(2).Cid, out _));
    }

    [Fact]
    public async Task Finds_nothing_of_another_repo()
    {
        await Repo.CommitAsync();
        var bobs = await new TestRepo(Database, Bob).CommitAsync(TestRepo.Put("com.example.note/one", 1));

        using var snapshot = StoredBlocks.Open(Database, Alice);

        Assert.False(snapshot.TryGet(bobs.Commit.Data, out _));
        Assert.False(snapshot.TryGetRecord(TestRepo.Record(1).Cid, out _));
        Assert.Empty(StoredBlocks.Records(snapshot));
    }

    [Fact]
    public async Task Shows_nothing_of_what_is_written_while_a_snapshot_is_held()
    {
        var before = await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 1), TestRepo.Put("com.example.note/two", 2));
        using var held = StoredBlocks.Open(Database, Alice);

        var after = await Repo.CommitAsync(
            TestRepo.Put("com.example.note/one", 3), TestRepo.Delete("com.example.note/two"), TestRepo.Put("com.example.note/three", 4));

        Assert.Equal(before.Commit.Head, held.Repo.Head);
        Assert.True(held.TryGet(before.Commit.Data, out _));
        Assert.False(held.TryGet(after.Commit.Data, out _));
        Assert.True(held.TryGetRecord(TestRepo.Record(2).Cid, out _));
        Assert.Equal([TestRepo.Record(1), TestRepo.Record(2)], StoredBlocks.Records(held), SameCid);

        using var fresh = StoredBlocks.Open(Database, Alice);
        Assert.Equal(after.Commit.Head, fresh.Repo.Head);
    }

    [Fact]
    public async Task Steps_through_records_in_the_order_of_the_bytes_of_their_paths()
    {
        // '-' and '.' come before '/', digits after it, capitals before small letters: an order by collection and key apart would be another.
        string[] paths =
        [
            "com.example.a-b.c/1", "com.example.a.b/1", "com.example.a/-", "com.example.a/.a", "com.example.a/0", "com.example.a/1:1", "com.example.a/A",
            "com.example.a/_", "com.example.a/a", "com.example.a/a-", "com.example.a/a.", "com.example.a/a0", "com.example.a/~",
            "com.example.a0/1", "com.example.aB/1", "com.example.ab/1",
        ];
        await Repo.CommitAsync([.. paths.Select((path, i) => TestRepo.Put(path, i)).Reverse()]);

        using var snapshot = StoredBlocks.Open(Database, Alice);

        Assert.Equal(paths.Select((_, i) => TestRepo.Record(i)), StoredBlocks.Records(snapshot), SameCid);
        Assert.Equal(
            paths, RepoExport.PreOrder(snapshot.Repo.Head.Data, snapshot).Where(item => item.Record is not null).Select(item => item.Record!.ToString()));
    }

    [Fact]
    public async Task Gives_the_nodes_and_records_that_are_newer_than_a_rev()
    {
        var first = await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 1));
        var second = await Repo.CommitAsync(TestRepo.Put("com.example.note/two", 2));

        using var snapshot = StoredBlocks.Open(Database, Alice);
        var newer = snapshot.BlocksSince(first.Commit.Rev).Select(block => block.Cid).ToList();

        Assert.Contains(second.Commit.Data, newer);
        Assert.Contains(TestRepo.Record(2).Cid, newer);
        Assert.DoesNotContain(TestRepo.Record(1).Cid, newer);
        Assert.Contains(TestRepo.Record(1).Cid, snapshot.BlocksSince(default).Select(block => block.Cid));
        Assert.Empty(snapshot.BlocksSince(second.Commit.Rev));
    }

    private static bool SameCid(Block one, Block other) => one.Cid == other.Cid && one.Bytes.Span.SequenceEqual(other.Bytes.Span);
}
