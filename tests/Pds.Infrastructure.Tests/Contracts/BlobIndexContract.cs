using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class BlobIndexContract : StoreContract
{
    private const string One = "com.example.note/one";
    private const string Two = "com.example.note/two";

    private protected BlobIndexContract(IDatabaseFixture database) : base(database)
    {
    }

    private TestRepo Repo => field ??= new TestRepo(Database, Alice);

    [Fact]
    public async Task Gives_back_every_field_of_a_blob()
    {
        var blob = new StoredBlob(TestRepo.Blob(1), "image/png", 5_000_000_000, Now, Now.AddMinutes(1), "mod-1");

        await PutAsync(blob);

        Assert.Equal(blob, await FindAsync(1));
        Assert.Null(await FindAsync(2));
        Assert.Null(await AskAsync<IBlobIndex, StoredBlob?>(blobs => blobs.FindAsync(Bob, blob.Cid, CancellationToken.None)));
    }

    [Fact]
    public async Task Sums_the_sizes_of_one_accounts_blobs()
    {
        Assert.Equal(0, await AskAsync<IBlobIndex, long>(blobs => blobs.SumSizesAsync(Alice, CancellationToken.None)));

        await PutAsync(NewBlob(1) with { Size = 5_000_000_000 });
        await PutAsync(NewBlob(2) with { Size = 7, TemporarySince = null });

        Assert.Equal(5_000_000_007, await AskAsync<IBlobIndex, long>(blobs => blobs.SumSizesAsync(Alice, CancellationToken.None)));
        Assert.Equal(0, await AskAsync<IBlobIndex, long>(blobs => blobs.SumSizesAsync(Bob, CancellationToken.None)));
    }

    [Fact]
    public async Task Renews_a_temporary_blob()
    {
        await PutAsync(NewBlob(1));

        var renewed = NewBlob(1) with { MimeType = "image/jpeg", TemporarySince = Now.AddHours(1) };
        await PutAsync(renewed);

        Assert.Equal(renewed, await FindAsync(1));
    }

    [Fact]
    public async Task Makes_a_blob_permanent_when_a_record_first_mentions_it()
    {
        await PutAsync(NewBlob(1));
        Assert.Empty(await ListAsync());

        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)));

        Assert.Null((await FindAsync(1))!.TemporarySince);
        Assert.Equal([TestRepo.Blob(1)], await ListAsync());
    }

    [Fact]
    public async Task Counts_what_is_mentioned_and_what_is_here()
    {
        Assert.Equal((0, 0), await AskAsync<IBlobIndex, (long, long)>(blobs => blobs.CountAsync(Alice, CancellationToken.None)));
        foreach (var number in new[] { 1, 2, 3 }) await PutAsync(NewBlob(number));

        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1), TestRepo.Blob(2)), TestRepo.Put(Two, 2, TestRepo.Blob(1)));

        Assert.Equal((2, 3), await AskAsync<IBlobIndex, (long, long)>(blobs => blobs.CountAsync(Alice, CancellationToken.None)));
        Assert.Equal((0, 0), await AskAsync<IBlobIndex, (long, long)>(blobs => blobs.CountAsync(Bob, CancellationToken.None)));
    }

    [Fact]
    public async Task Lists_what_is_mentioned_and_not_here_page_by_page()
    {
        await PutAsync(NewBlob(2));
        await new TestRepo(Database, Bob).CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(9)));
        await Repo.CommitAsync(TestRepo.Put(Two, 1, TestRepo.Blob(1), TestRepo.Blob(2), TestRepo.Blob(3)), TestRepo.Put(One, 2, TestRepo.Blob(1)));
        var missing = new[] { TestRepo.Blob(1), TestRepo.Blob(3) }.Order().ToArray();

        Assert.Equal(missing, (await MissingAsync(null, 10)).Select(blob => blob.Cid));
        Assert.Equal(One, (await MissingAsync(null, 10)).Single(blob => blob.Cid == TestRepo.Blob(1)).Path.ToString());
        Assert.Equal(missing[..1], (await MissingAsync(null, 1)).Select(blob => blob.Cid));
        Assert.Equal(missing[1..], (await MissingAsync(missing[0], 10)).Select(blob => blob.Cid));
        Assert.Empty(await MissingAsync(missing[1], 10));

        Task<IReadOnlyList<(Cid Cid, RecordPath Path)>> MissingAsync(Cid? cursor, int limit) =>
            AskAsync<IBlobIndex, IReadOnlyList<(Cid, RecordPath)>>(blobs => blobs.ListMissingAsync(Alice, cursor, limit, CancellationToken.None));
    }

    [Fact]
    public async Task Knows_what_is_mentioned_whether_it_is_here_or_not()
    {
        await PutAsync(NewBlob(1));
        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(2)));

        Assert.Equal((false, true), (await IsMentionedAsync(Alice, 1), await IsMentionedAsync(Alice, 2)));
        Assert.False(await IsMentionedAsync(Bob, 2));

        Task<bool> IsMentionedAsync(Did did, int number) => AskAsync<IBlobIndex, bool>(blobs => blobs.IsMentionedAsync(did, TestRepo.Blob(number), CancellationToken.None));
    }

    [Fact]
    public async Task Removes_a_blob_with_its_last_mention_and_tells_so()
    {
        await PutAsync(NewBlob(1));
        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)), TestRepo.Put(Two, 2, TestRepo.Blob(1)));

        await Repo.CommitAsync(TestRepo.Delete(One));
        Assert.NotNull(await FindAsync(1));
        Assert.Empty(Repo.Orphans);

        await Repo.CommitAsync(TestRepo.Put(Two, 3));
        Assert.Null(await FindAsync(1));
        Assert.Equal([TestRepo.Blob(1)], Repo.Orphans);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Keeps_a_blob_that_moves_from_one_record_to_another()
    {
        await PutAsync(NewBlob(1));
        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)));

        await Repo.CommitAsync(TestRepo.Delete(One), TestRepo.Put(Two, 2, TestRepo.Blob(1)));

        Assert.NotNull(await FindAsync(1));
        Assert.Empty(Repo.Orphans);
    }

    [Fact]
    public async Task Keeps_the_row_of_a_blob_that_was_taken_down_when_its_last_mention_goes()
    {
        await PutAsync(NewBlob(1) with { TakedownRef = "mod-1" });
        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)));

        await Repo.CommitAsync(TestRepo.Delete(One));

        Assert.NotNull(await FindAsync(1)); // or it could be uploaded again at once
        Assert.Empty(Repo.Orphans);
    }

    [Fact]
    public async Task Lists_permanent_blobs_in_their_order_from_after_the_cursor_on_and_since_a_rev()
    {
        foreach (var number in Enumerable.Range(1, 4)) await PutAsync(NewBlob(number));
        var first = await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1), TestRepo.Blob(2)));
        await Repo.CommitAsync(TestRepo.Put(Two, 2, TestRepo.Blob(2), TestRepo.Blob(3)));

        Cid[] expected = [.. new[] { 1, 2, 3 }.Select(TestRepo.Blob).Order()];
        Assert.Equal(expected, await ListAsync());
        Assert.Equal(expected[..2], await ListAsync(limit: 2));
        Assert.Equal(expected[1..], await ListAsync(cursor: expected[0]));
        Assert.Equal(new[] { 2, 3 }.Select(TestRepo.Blob).Order(), await ListAsync(since: first.Commit.Rev));
    }

    [Fact]
    public async Task Lists_the_blobs_that_have_been_temporary_for_too_long()
    {
        await PutAsync(NewBlob(1) with { TemporarySince = Now.AddHours(-2) });
        await PutAsync(NewBlob(2) with { TemporarySince = Now });
        await PutAsync(NewBlob(3) with { TemporarySince = Now.AddHours(-3) });
        await PutAsync(NewBlob(4) with { TemporarySince = null });

        Assert.Equal([(Alice, TestRepo.Blob(3)), (Alice, TestRepo.Blob(1))], await ExpiredAsync(Now.AddHours(-1), 10));
        Assert.Equal([(Alice, TestRepo.Blob(3))], await ExpiredAsync(Now.AddHours(-1), 1));
    }

    [Fact]
    public async Task Removes_a_blob_only_while_it_is_temporary()
    {
        await PutAsync(NewBlob(1) with { TemporarySince = Now.AddHours(-2) });
        await PutAsync(NewBlob(2) with { TemporarySince = null });

        Assert.False(await RemoveAsync(1, Now.AddHours(-2))); // renewed meanwhile
        Assert.True(await RemoveAsync(1, Now.AddHours(-1)));
        Assert.False(await RemoveAsync(1, Now.AddHours(-1)));
        Assert.False(await RemoveAsync(2, Now.AddYears(1)));
        Assert.Null(await FindAsync(1));
        Assert.NotNull(await FindAsync(2));
    }

    private StoredBlob NewBlob(int number) => new(TestRepo.Blob(number), "image/png", 1, Now, TemporarySince: Now);

    private Task PutAsync(StoredBlob blob) => SaveAsync<IBlobIndex>(blobs => blobs.PutAsync(Alice, blob, CancellationToken.None));

    private Task<StoredBlob?> FindAsync(int number) =>
        AskAsync<IBlobIndex, StoredBlob?>(blobs => blobs.FindAsync(Alice, TestRepo.Blob(number), CancellationToken.None));

    [Fact]
    public async Task A_blob_that_is_taken_down_stays_until_it_is_put_back_and_is_then_what_its_mentions_make_it()
    {
        await PutAsync(NewBlob(1));
        await PutAsync(NewBlob(2));
        await Repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)));

        foreach (var number in new[] { 1, 2 }) await SetTakedownAsync(number, "mod-1");
        Assert.Equal(NewBlob(1) with { TemporarySince = null, TakedownRef = "mod-1" }, await FindAsync(1));
        Assert.Equal(NewBlob(2) with { TemporarySince = null, TakedownRef = "mod-1" }, await FindAsync(2));

        Database.Time.Advance(TimeSpan.FromHours(1));
        foreach (var number in new[] { 1, 2 }) await SetTakedownAsync(number, null);
        Assert.Null((await FindAsync(1))!.TemporarySince);
        Assert.Equal(Now, (await FindAsync(2))!.TemporarySince);

        Database.Time.Advance(TimeSpan.FromHours(1));
        await SetTakedownAsync(2, null); // again: nothing to undo
        Assert.Equal(Now.AddHours(-1), (await FindAsync(2))!.TemporarySince);
    }

    private Task SetTakedownAsync(int number, string? takedownRef) => SaveAsync<IBlobIndex>(blobs => blobs.SetTakedown(Alice, TestRepo.Blob(number), takedownRef));

    private Task<IReadOnlyList<Cid>> ListAsync(Tid? since = null, Cid? cursor = null, int limit = 10) =>
        AskAsync<IBlobIndex, IReadOnlyList<Cid>>(blobs => blobs.ListAsync(Alice, since, cursor, limit, CancellationToken.None));

    private Task<IReadOnlyList<(Did Did, Cid Cid)>> ExpiredAsync(DateTimeOffset moment, int limit) =>
        AskAsync<IBlobIndex, IReadOnlyList<(Did Did, Cid Cid)>>(blobs => blobs.ListExpiredAsync(moment, limit, CancellationToken.None));

    private Task<bool> RemoveAsync(int number, DateTimeOffset before) =>
        AskAsync<IBlobIndex, bool>(blobs => blobs.RemoveTemporaryAsync(Alice, TestRepo.Blob(number), before, CancellationToken.None));
}
