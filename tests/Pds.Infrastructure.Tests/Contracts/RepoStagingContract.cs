using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class RepoStagingContract : StoreContract
{
    private const string One = "com.example.note/one";
    private const string Two = "com.example.note/two";

    private static readonly Tid Later = new(1_000_000UL << 10);

    private protected RepoStagingContract(IDatabaseFixture database) : base(database)
    {
    }

    private TestRepo Repo => field ??= new TestRepo(Database, Alice);

    [Fact]
    public async Task What_is_staged_is_seen_by_nobody_and_written_down_as_nobodys()
    {
        await Repo.CommitAsync(TestRepo.Put(One, 1));
        var before = Repo.Find();

        var (number, _) = await StageAsync((Two, 2));

        Assert.Equal(before!.Head, Repo.Find()!.Head);
        Assert.Null(await RecordAsync(Two));
        Assert.Equal([number], await LeftAsync());
    }

    [Fact]
    public async Task Its_number_is_never_another_repos()
    {
        var (number, _) = await StageAsync();
        while (await RemoveSomeAsync(number))
        {
            // until it is forgotten
        }

        await Repo.CommitAsync();
        var (next, _) = await StageAsync();

        Assert.Equal(3, new[] { number, Repo.Find()!.Id, next }.Distinct().Count());
    }

    [Fact]
    public async Task Put_it_is_the_accounts_repo_whole_and_the_one_before_is_nobodys()
    {
        await Repo.CommitAsync(TestRepo.Put(One, 1));
        var before = Repo.Find()!;
        var (number, commit) = await StageAsync((Two, 2));

        await PutAsync(new RepoReplacement(Alice, before, number, commit));

        Assert.Equal(commit.Head, Repo.Find()!.Head);
        Assert.Equal((null, TestRepo.Record(2).Cid), ((await RecordAsync(One))?.Cid, (await RecordAsync(Two))?.Cid));
        Assert.Equal([before.Id], await LeftAsync());
        using var snapshot = StoredBlocks.Open(Database, Alice);
        Assert.Equal([Two], RepoExport.PreOrder(commit.Data, snapshot).Where(item => item.Record is not null).Select(item => item.Record.ToString()));
        Assert.Equal([TestRepo.Record(2).Cid], StoredBlocks.Records(snapshot).Select(record => record.Cid));
    }

    [Fact]
    public async Task An_account_without_a_repo_gets_one()
    {
        var (number, commit) = await StageAsync((One, 1));

        await PutAsync(new RepoReplacement(Alice, null, number, commit));

        Assert.Equal((number, commit.Head), (Repo.Find()!.Id, Repo.Find()!.Head));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Is_not_put_where_the_repo_has_changed_meanwhile_or_where_it_was_removed()
    {
        await Repo.CommitAsync(TestRepo.Put(One, 1));
        var before = Repo.Find()!;
        var (number, commit) = await StageAsync((Two, 2));
        await Repo.CommitAsync(TestRepo.Put(One, 3));
        var after = Repo.Find()!;

        var moved = await Assert.ThrowsAsync<XrpcException>(() => PutAsync(new RepoReplacement(Alice, before, number, commit)));
        while (await RemoveSomeAsync(number))
        {
            // until it is forgotten
        }

        await Assert.ThrowsAsync<XrpcException>(() => PutAsync(new RepoReplacement(Alice, after, number, commit)));

        Assert.Equal("InvalidSwap", moved.Name);
        Assert.Equal((after.Id, after.Head), (Repo.Find()!.Id, Repo.Find()!.Head));
        Assert.Equal(TestRepo.Record(3).Cid, (await RecordAsync(One))!.Cid);
    }

    [Fact]
    public async Task What_is_nobodys_goes_bit_by_bit_and_what_is_somebodys_is_not_touched()
    {
        await Repo.CommitAsync([.. Enumerable.Range(0, 350).Select(number => TestRepo.Put($"com.example.note/n{number}", number, TestRepo.Blob(number)))]);
        var before = Repo.Find()!;
        var (number, commit) = await StageAsync((One, 1), (Two, 2));
        Assert.False(await RemoveSomeAsync(before.Id));
        await PutAsync(new RepoReplacement(Alice, before, number, commit));

        var (left, most) = (Count("repo_record"), 0L);
        while (await RemoveSomeAsync(before.Id))
        {
            most = Math.Max(most, left - Count("repo_record"));
            left = Count("repo_record");
        }

        Assert.InRange(most, 1, 100);
        Assert.Empty(await LeftAsync());
        Assert.False(await RemoveSomeAsync(number));
        Assert.Equal((2, 2), (Count("repo_record"), Count("repo_blob_ref")));
        Assert.NotNull(await RecordAsync(One));
    }

    [Fact]
    public async Task Records_that_were_taken_down_stay_so_by_their_path()
    {
        await Repo.CommitAsync(TestRepo.Put(One, 1), TestRepo.Put("com.example.note/gone", 9));
        await SaveAsync<IRecordIndex>(records =>
        {
            records.SetTakedown(Alice, RecordPath.Parse(One), "mod-1");
            records.SetTakedown(Alice, RecordPath.Parse("com.example.note/gone"), "mod-2");
        });
        var (number, commit) = await StageAsync((One, 3), (Two, 2));

        await PutAsync(new RepoReplacement(Alice, Repo.Find(), number, commit));

        Assert.Equal(("mod-1", (string?)null), ((await RecordAsync(One))!.TakedownRef, (await RecordAsync(Two))!.TakedownRef));
    }

    [Fact]
    public async Task Blobs_become_permanent_and_temporary_as_the_records_mention_them_now()
    {
        foreach (var number in new[] { 1, 2, 3, 4 }) await SaveAsync<IBlobIndex>(blobs => blobs.PutAsync(Alice, new StoredBlob(TestRepo.Blob(number), "text/plain", 1, Now, Now), CancellationToken.None));
        await Repo.CommitAsync(TestRepo.Put("com.example.note/kept", 1, TestRepo.Blob(1), TestRepo.Blob(2)), TestRepo.Put("com.example.note/down", 2, TestRepo.Blob(4)));
        await SaveAsync<IBlobIndex>(blobs => blobs.SetTakedown(Alice, TestRepo.Blob(4), "mod-1"));
        var (staged, commit) = await StageAsync((One, 2), (Two, 3)); // each mentions the blob of its number

        await PutAsync(new RepoReplacement(Alice, Repo.Find(), staged, commit));

        Assert.Equal(Now, (await BlobAsync(1)).TemporarySince);
        Assert.Null((await BlobAsync(2)).TemporarySince);
        Assert.Null((await BlobAsync(3)).TemporarySince);
        Assert.Equal((null, "mod-1"), ((await BlobAsync(4)).TemporarySince, (await BlobAsync(4)).TakedownRef));
        Assert.Empty(Repo.Orphans);
    }

    private async Task<(long Number, Commit Commit)> StageAsync(params (string Path, int Record)[] records)
    {
        var tree = MstTree.Empty;
        foreach (var (path, record) in records) tree = tree.Put(MstKey.Parse(path), TestRepo.Record(record).Cid, out _);
        var key = Database.Services.GetRequiredService<IKeyFactory>().Import(PrivateKey.Generate(Curve.P256));
        var commit = new UnsignedCommit(Alice, tree.RootCid, Later).Sign(key);

        var number = await AskAsync<IRepoStaging, long>(staging => staging.BeginAsync(CancellationToken.None));
        var changes = records.Select(record => new RecordChange(RecordPath.Parse(record.Path), TestRepo.Record(record.Record), null, [TestRepo.Blob(record.Record)])).ToList();
        await using var scope = Database.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IRepoStaging>().AddAsync(number, Later, tree.NodeChanges().Added, changes, CancellationToken.None);
        return (number, commit);
    }

    private Task PutAsync(RepoReplacement replacement) => SaveAsync<IRepoStaging>(staging => staging.Put(replacement));

    private Task<IReadOnlyList<long>> LeftAsync() => AskAsync<IRepoStaging, IReadOnlyList<long>>(staging => staging.ListLeftAsync(CancellationToken.None));

    private Task<bool> RemoveSomeAsync(long number) => AskAsync<IRepoStaging, bool>(staging => staging.RemoveSomeAsync(number, CancellationToken.None));

    private Task<StoredRecord?> RecordAsync(string path) =>
        AskAsync<IRecordIndex, StoredRecord?>(records => records.FindAsync(Alice, RecordPath.Parse(path), CancellationToken.None));

    private async Task<StoredBlob> BlobAsync(int number) =>
        (await AskAsync<IBlobIndex, StoredBlob?>(blobs => blobs.FindAsync(Alice, TestRepo.Blob(number), CancellationToken.None)))!;

    private long Count(string table)
    {
        using var read = Database.Services.GetRequiredService<ReadConnections>().Rent();
        return (long)read.Sql.Scalar($"SELECT count(*) FROM {table}")!;
    }
}
