using Pds.Application.Ports;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class RecordIndexContract : StoreContract
{
    private static readonly Nsid Note = Nsid.Parse("com.example.note");

    private protected RecordIndexContract(IDatabaseFixture database) : base(database)
    {
    }

    private TestRepo Repo => field ??= new TestRepo(Database, Alice);

    [Fact]
    public async Task Finds_a_record_by_its_path()
    {
        await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 1));

        var record = await FindAsync("com.example.note/one");

        Assert.Equal(TestRepo.Record(1).Cid, record!.Cid);
        Assert.Equal(TestRepo.Record(1).Bytes.ToArray(), record.Content.ToArray());
        Assert.Null(record.TakedownRef);
        Assert.Null(await FindAsync("com.example.note/two"));
        Assert.Null(await FindAsync("com.example.note/ONE"));
    }

    [Fact]
    public async Task Lists_a_collection_newest_first_or_in_reverse()
    {
        await WriteNotesAsync();

        Assert.Equal(["c", "b", "a", "B", "0", "-"], await ListAsync(null, 10, reverse: false));
        Assert.Equal(["-", "0", "B", "a", "b", "c"], await ListAsync(null, 10, reverse: true));
    }

    [Fact]
    public async Task Goes_on_after_the_cursor_both_ways()
    {
        await WriteNotesAsync();

        Assert.Equal(["c", "b"], await ListAsync(null, 2, reverse: false));
        Assert.Equal(["a", "B"], await ListAsync("b", 2, reverse: false));
        Assert.Equal(["a", "b"], await ListAsync("B", 2, reverse: true));
        Assert.Equal(["B", "0"], await ListAsync("C", 2, reverse: false)); // a cursor need not be there
        Assert.Empty(await ListAsync("-", 2, reverse: false));
        Assert.Empty(await ListAsync("c", 2, reverse: true));
    }

    [Fact]
    public async Task Lists_what_was_written_after_a_rev_the_newest_first_and_says_whether_there_is_older()
    {
        var first = (await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 1), TestRepo.Put("com.example.note/gone", 1))).Commit.Rev;
        var second = (await Repo.CommitAsync(TestRepo.Put("com.example.note/two", 2))).Commit.Rev;
        await Repo.CommitAsync(TestRepo.Put("com.example.note/three", 3), TestRepo.Put("com.example.note/down", 3), TestRepo.Delete("com.example.note/gone"));
        await SaveAsync<IRecordIndex>(records => records.SetTakedown(Alice, RecordPath.Parse("com.example.note/down"), "down"));

        Assert.Equal(("three, two", true), await SinceAsync(first, 10));
        Assert.Equal(("three", true), await SinceAsync(first, 1));
        Assert.Equal(("three", true), await SinceAsync(second, 10));
        Assert.Equal(("three, two, one", false), await SinceAsync(new Tid(first.Bits - 1), 10));

        await Repo.CommitAsync(TestRepo.Put("com.example.note/one", 4));
        Assert.Equal(("one, three, two", false), await SinceAsync(first, 10)); // rewritten, so nothing is as old any more
    }

    [Fact]
    public async Task Lists_the_collections_in_their_order()
    {
        await WriteNotesAsync();

        var collections = await AskAsync<IRecordIndex, IReadOnlyList<Nsid>>(records => records.ListCollectionsAsync(Alice, CancellationToken.None));

        Assert.Equal(["com.example.note", "com.example.note-a.x", "com.example.note.x", "com.example.note0"], collections.Select(nsid => nsid.Value).Order(StringComparer.Ordinal));
        Assert.Equal(collections.Count, collections.Distinct().Count());
        Assert.Empty(await AskAsync<IRecordIndex, IReadOnlyList<Nsid>>(records => records.ListCollectionsAsync(Bob, CancellationToken.None)));
    }

    [Fact]
    public async Task Finds_records_by_collection_and_subject()
    {
        await Repo.CommitAsync(
            TestRepo.Put("com.example.note/one", 1) with { Subject = "did:plc:x" }, TestRepo.Put("com.example.note/two", 2) with { Subject = "did:plc:x" },
            TestRepo.Put("com.example.note/three", 3) with { Subject = "did:plc:y" }, TestRepo.Put("com.example.other/one", 4) with { Subject = "did:plc:x" });
        await Repo.CommitAsync(TestRepo.Delete("com.example.note/two"));

        var found = await AskAsync<IRecordIndex, IReadOnlyList<RecordPath>>(records => records.FindBySubjectAsync(Alice, Note, "did:plc:x", CancellationToken.None));

        Assert.Equal(["com.example.note/one"], found.Select(path => path.ToString()));
    }

    [Fact]
    public async Task A_takedown_holds_for_later_versions_until_it_is_undone_or_the_record_is_gone()
    {
        var path = RecordPath.Parse("com.example.note/a");
        await Repo.CommitAsync(TestRepo.Put("com.example.note/a", 1), TestRepo.Put("com.example.note/b", 2));

        await SaveAsync<IRecordIndex>(records => records.SetTakedown(Alice, path, "mod-1"));
        await SaveAsync<IRecordIndex>(records => records.SetTakedown(Bob, path, "mod-2")); // not his
        Assert.Equal("mod-1", (await FindAsync("com.example.note/a"))!.TakedownRef);
        Assert.Equal(["b"], await ListAsync(null, 10, reverse: false));

        await Repo.CommitAsync(TestRepo.Put("com.example.note/a", 3));
        Assert.Equal("mod-1", (await FindAsync("com.example.note/a"))!.TakedownRef);

        await SaveAsync<IRecordIndex>(records => records.SetTakedown(Alice, path, null));
        Assert.Null((await FindAsync("com.example.note/a"))!.TakedownRef);
        Assert.Equal(["b", "a"], await ListAsync(null, 10, reverse: false));

        await SaveAsync<IRecordIndex>(records => records.SetTakedown(Alice, path, "mod-3"));
        await Repo.CommitAsync(TestRepo.Delete("com.example.note/a"));
        await Repo.CommitAsync(TestRepo.Put("com.example.note/a", 4));
        Assert.Null((await FindAsync("com.example.note/a"))!.TakedownRef);
    }

    private async Task WriteNotesAsync() => await Repo.CommitAsync(
        TestRepo.Put("com.example.note/a", 1), TestRepo.Put("com.example.note/b", 2), TestRepo.Put("com.example.note/c", 3),
        TestRepo.Put("com.example.note/B", 4), TestRepo.Put("com.example.note/0", 5), TestRepo.Put("com.example.note/-", 6),
        TestRepo.Put("com.example.note.x/a", 7), TestRepo.Put("com.example.note0/a", 8), TestRepo.Put("com.example.note-a.x/a", 9));

    private async Task<IEnumerable<string>> ListAsync(string? cursor, int limit, bool reverse)
    {
        var page = await AskAsync<IRecordIndex, IReadOnlyList<StoredRecord>>(records =>
            records.ListAsync(Alice, Note, cursor is null ? null : RecordKey.Parse(cursor), limit, reverse, CancellationToken.None));
        Assert.All(page, record => Assert.Equal(Note, record.Path.Collection));
        return page.Select(record => record.Path.Rkey.Value);
    }

    private async Task<(string Rkeys, bool HasOlder)> SinceAsync(Tid rev, int limit)
    {
        var since = await AskAsync<IRecordIndex, RecordsSince>(records => records.ListSinceAsync(Alice, rev, limit, CancellationToken.None));
        Assert.All(since.Newest, written => Assert.True(written.Rev > rev));
        return (string.Join(", ", since.Newest.Select(written => written.Record.Path.Rkey.Value)), since.HasOlder);
    }

    private Task<StoredRecord?> FindAsync(string path) =>
        AskAsync<IRecordIndex, StoredRecord?>(records => records.FindAsync(Alice, RecordPath.Parse(path), CancellationToken.None));
}
