using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class RepoStoreContract : StoreContract
{
    private const string One = "com.example.note/one";
    private const string Two = "com.example.note/two";

    private protected RepoStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    private TestRepo Repo => field ??= new TestRepo(Database, Alice);

    [Fact]
    public async Task Has_no_repo_before_the_first_commit() => Assert.Null(await FindAsync());

    [Fact]
    public async Task Keeps_the_first_commit_of_an_empty_repo()
    {
        var change = await Repo.CommitAsync();

        var repo = (await FindAsync())!;
        Assert.Equal(Alice, repo.Did);
        Assert.Equal(change.Commit.Head, repo.Head);
        Assert.Equal(change.Commit.Block.Bytes.ToArray(), repo.CommitBlock.ToArray());
        Assert.Equal([MstTree.Empty.RootCid], NodesOf(repo));
    }

    [Fact]
    public async Task Moves_the_head_with_each_commit_and_keeps_its_number()
    {
        await Repo.CommitAsync();
        var before = await FindAsync();

        var change = await Repo.CommitAsync(TestRepo.Put(One, 1));

        var after = await FindAsync();
        Assert.Equal(before!.Id, after!.Id);
        Assert.Equal(change.Commit.Head, after.Head);
        Assert.Equal(change.Commit.Block.Bytes.ToArray(), after.CommitBlock.ToArray());
    }

    [Fact]
    public async Task Counts_equal_records_once_among_the_blocks_and_each_among_the_records()
    {
        await new TestRepo(Database, Bob).CommitAsync(TestRepo.Put(One, 1));
        Assert.Equal(default, await CountAsync());

        await Repo.CommitAsync();
        Assert.Equal(new RepoSize(Blocks: 2, Records: 0), await CountAsync());
        await Repo.CommitAsync(TestRepo.Put(One, 1), TestRepo.Put(Two, 1));
        Assert.Equal(new RepoSize(Blocks: 1 + NodesOf((await FindAsync())!).Count + 1, Records: 2), await CountAsync());
    }

    [Fact]
    public async Task Keeps_the_repos_of_two_accounts_apart()
    {
        var bobs = new TestRepo(Database, Bob);
        await Repo.CommitAsync();
        await bobs.CommitAsync();

        await Repo.CommitAsync(TestRepo.Put(One, 1));

        Assert.Equal(MstTree.Empty.RootCid, bobs.Find()!.Head.Data);
        Assert.Null(await AskAsync<IRecordIndex, StoredRecord?>(records => records.FindAsync(Bob, RecordPath.Parse(One), CancellationToken.None)));
    }

    [Fact]
    public async Task Refuses_a_second_first_commit()
    {
        var second = Repo.Prepare();
        var first = await Repo.CommitAsync();

        await Assert.ThrowsAsync<XrpcException>(() => Repo.SaveAsync(second));

        Assert.Equal(first.Commit.Head, (await FindAsync())!.Head);
    }

    [Fact]
    public async Task Refuses_a_commit_whose_head_moved_meanwhile_and_keeps_nothing_of_it()
    {
        await Repo.CommitAsync();
        var stale = Repo.Prepare(TestRepo.Put(One, 2), TestRepo.Put(Two, 3, TestRepo.Blob(1)));
        await Repo.CommitAsync(TestRepo.Put(One, 1));
        var before = await FindAsync();
        var nodes = NodesOf(before!);

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Repo.SaveAsync(stale));

        Assert.Equal("InvalidSwap", refusal.Name);
        Assert.Equal(before!.Head, (await FindAsync())!.Head);
        Assert.Equal(nodes, NodesOf(before));
        Assert.Equal(TestRepo.Record(1).Cid, (await RecordAsync(One))!.Cid);
        Assert.Null(await RecordAsync(Two));
        Assert.Empty(await AskAsync<IBlobIndex, IReadOnlyList<Cid>>(blobs => blobs.ListAsync(Alice, null, null, 10, CancellationToken.None)));
    }

    [Fact]
    public async Task Replaces_and_removes_records()
    {
        await Repo.CommitAsync(TestRepo.Put(One, 1), TestRepo.Put(Two, 2));

        await Repo.CommitAsync(TestRepo.Put(One, 3), TestRepo.Delete(Two));

        Assert.Equal(TestRepo.Record(3).Bytes.ToArray(), (await RecordAsync(One))!.Content.ToArray());
        Assert.Null(await RecordAsync(Two));
    }

    [Fact]
    public async Task Keeps_exactly_the_nodes_of_the_present_tree()
    {
        var random = new Random(1);
        await Repo.CommitAsync();

        for (var i = 0; i < 40; i++)
        {
            var path = $"com.example.note/{random.Next(60)}";
            await Repo.CommitAsync(i % 3 == 2 ? TestRepo.Delete(path) : TestRepo.Put(path, i));
        }

        var repo = (await FindAsync())!;
        Assert.Equal(ReachableFrom(repo.Head.Data), NodesOf(repo));
    }

    [Fact]
    public async Task Lists_repos_in_the_order_of_their_accounts_from_after_the_cursor_on()
    {
        var first = await AddAccountAsync(new Account(Bob, Handle.Parse("bob.test"), null, Now.AddMilliseconds(-1)));
        var second = await AddAccountAsync(new Account(Alice, Handle.Parse("alice.test"), null, Now, DeactivatedAt: Now));
        var third = await AddAccountAsync(new Account(Did.Parse("did:plc:cccccccccccccccccccccccc"), null, null, Now, TakedownRef: "mod-1"));
        await SaveAsync<IAccountStore>(accounts => accounts.Add(new Account(Did.Parse("did:plc:dddddddddddddddddddddddd"), null, null, Now), null)); // no repo

        RepoListing[] expected =
        [
            new(Bob, first.Commit, first.Rev, AccountStatus.Active, Now.AddMilliseconds(-1)),
            new(Alice, second.Commit, second.Rev, AccountStatus.Deactivated, Now),
            new(Did.Parse("did:plc:cccccccccccccccccccccccc"), third.Commit, third.Rev, AccountStatus.Takendown, Now),
        ];
        Assert.Equal(expected, await ListAsync(null, 10));
        Assert.Equal(expected[..2], await ListAsync(null, 2));
        Assert.Equal(expected[1..], await ListAsync(new AccountCursor(Now.AddMilliseconds(-1), Bob), 10));
        Assert.Equal(expected[2..], await ListAsync(new AccountCursor(Now, Alice), 10));
        Assert.Empty(await ListAsync(new AccountCursor(Now.AddMilliseconds(1), Alice), 10));
    }

    private async Task<RepoHead> AddAccountAsync(Account account)
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(account, null));
        return (await new TestRepo(Database, account.Did).CommitAsync()).Commit.Head;
    }

    private Task<IReadOnlyList<RepoListing>> ListAsync(AccountCursor? after, int limit) =>
        AskAsync<IRepoStore, IReadOnlyList<RepoListing>>(repos => repos.ListAsync(after, limit, CancellationToken.None));

    private Task<RepoSize> CountAsync() => AskAsync<IRepoStore, RepoSize>(repos => repos.CountAsync(Alice, CancellationToken.None));

    private Task<StoredRepo?> FindAsync() => AskAsync<IRepoStore, StoredRepo?>(repos => repos.FindAsync(Alice, CancellationToken.None));

    private Task<StoredRecord?> RecordAsync(string path) =>
        AskAsync<IRecordIndex, StoredRecord?>(records => records.FindAsync(Alice, RecordPath.Parse(path), CancellationToken.None));

    /// <summary>Every node that is stored, in the order of CIDs.</summary>
    private IReadOnlyList<Cid> NodesOf(StoredRepo repo)
    {
        using var snapshot = StoredBlocks.Open(Database, repo.Did);
        var records = StoredBlocks.Records(snapshot).Select(record => record.Cid).ToHashSet();
        return [.. snapshot.BlocksSince(default).Select(block => block.Cid).Where(cid => !records.Contains(cid)).Order()];
    }

    private IReadOnlyList<Cid> ReachableFrom(Cid root)
    {
        using var snapshot = StoredBlocks.Open(Database, Alice);
        return [.. RepoExport.PreOrder(root, snapshot).Where(item => item.Record is null).Select(item => item.Cid).Order()];
    }
}
