using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Stores;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class AccountEraserContract : StoreContract
{
    private const string One = "com.example.note/one";

    private static readonly Did Carol = Did.Parse("did:plc:cccccccccccccccccccccccc");
    private static readonly string[] Bulky = ["repo_record", "repo_node", "repo_event", "repo_blob", "repo_blob_ref"];

    private protected AccountEraserContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task What_is_private_goes_at_once_and_nobody_elses()
    {
        foreach (var account in new[] { Alice, Bob }) await AddAsync(account);

        await EraseAsync(Alice);

        Assert.Null(await FindAsync(Alice));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => AskAsync<IKeyring, ISigningKey>(keys => keys.GetAsync(Alice, CancellationToken.None)));
        Assert.Equal([0, 0, 0], [Count("account_key", Alice), Count("account_session", Alice), Count("account_email_token", Alice)]);
        Assert.NotNull(await FindAsync(Bob));
        Assert.Equal([1, 1, 1], [Count("account_key", Bob), Count("account_session", Bob), Count("account_email_token", Bob)]);
    }

    [Fact]
    public async Task The_key_that_was_held_ready_is_forgotten()
    {
        await AddAsync(Alice);
        await AskAsync<IKeyring, ISigningKey>(keys => keys.GetAsync(Alice, CancellationToken.None));

        await EraseAsync(Alice);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => AskAsync<IKeyring, ISigningKey>(keys => keys.GetAsync(Alice, CancellationToken.None)));
    }

    [Fact]
    public async Task The_repo_is_nobodys_at_once_and_its_rows_go_bit_by_bit()
    {
        await AddAsync(Bob);
        await (await AddAsync(Alice)).CommitAsync([.. Enumerable.Range(0, 350).Select(number => TestRepo.Put($"com.example.note/n{number}", number))]);
        await EraseAsync(Alice);

        Assert.Null(await AskAsync<IRepoStore, StoredRepo?>(repos => repos.FindAsync(Alice, CancellationToken.None)));
        Assert.Equal(Bob, Assert.Single(await AskAsync<IRepoStore, IReadOnlyList<RepoListing>>(repos => repos.ListAsync(null, 10, CancellationToken.None))).Did);
        var left = Count("repo_record");
        var most = 0L;
        while (await RemoveSomeAsync(Alice))
        {
            most = Math.Max(most, left - Count("repo_record"));
            left = Count("repo_record");
        }

        Assert.InRange(most, 1, 100);
        Assert.Equal([1, 0], [Count("repo_record"), Count("repo_blob", Alice)]); // Bob's one record
        Assert.Equal([1, 1, 1], [Count("repo_blob", Bob), Count("repo_blob_ref"), Count("repo", Bob)]);
        Assert.NotEmpty(NodesOfBob());
    }

    [Fact]
    public async Task Of_its_events_only_what_tells_of_its_end_stays()
    {
        foreach (var account in new[] { Alice, Bob }) await AddAsync(account);
        await SaveAsync<IEventLog>(events => events.Append(new IdentityEvent(Alice)));

        await EraseAsync(Alice);
        while (await RemoveSomeAsync(Alice))
        {
            // until nothing is left
        }

        Assert.Equal([1, 1], [Count("repo_event", Alice), Count("repo_event", Bob)]);
        Assert.Equal(2, (await AskAsync<IEventLog, IReadOnlyList<SequencedEvent>>(log => log.ReadAsync(0, long.MaxValue, 10, CancellationToken.None))).Count);
    }

    [Fact]
    public async Task Is_unfinished_until_it_is_said_to_be_finished()
    {
        foreach (var account in new[] { Alice, Bob }) await AddAsync(account);
        Assert.Empty(await UnfinishedAsync());

        await EraseAsync(Alice);
        Assert.Equal([Alice], await UnfinishedAsync());
        Assert.Equal((true, false), (await IsUnfinishedAsync(Alice), await IsUnfinishedAsync(Bob)));

        await FinishAsync(Alice);
        Assert.Empty(await UnfinishedAsync());
        Assert.False(await IsUnfinishedAsync(Alice));
    }

    [Fact]
    public async Task Removes_nothing_of_an_account_that_was_not_erased()
    {
        await AddAsync(Alice);

        Assert.False(await RemoveSomeAsync(Alice));

        Assert.All(Bulky, table => Assert.NotEqual(0, Count(table)));
    }

    [Fact]
    public async Task The_names_are_free_at_once_but_the_did_only_when_all_is_removed()
    {
        await AddAsync(Alice);
        await EraseAsync(Alice);

        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Bob, HandleOf(Alice), EmailOf(Alice)), null));
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "again.test"), null)));
        Assert.Equal(XrpcErrorKind.InvalidRequest, refusal.Kind);
        Assert.Null(await FindAsync(Alice));

        await FinishAsync(Alice);
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "again.test"), null));
        Assert.NotNull(await FindAsync(Alice));
    }

    [Fact]
    public async Task An_account_that_is_not_there_cannot_be_erased_and_nothing_tells_of_it()
    {
        await Assert.ThrowsAsync<XrpcException>(() => EraseAsync(Alice));

        Assert.Empty(await UnfinishedAsync());
        Assert.Equal(0, Count("repo_event"));
    }

    [Fact]
    public async Task Lists_deactivated_accounts_whose_time_has_come_the_longest_overdue_first()
    {
        var off = Now.AddDays(-1);
        await SaveAsync<IAccountStore>(accounts =>
        {
            accounts.Add(NewAccount(Alice, "a.test") with { DeactivatedAt = off, DeleteAfter = Now }, null);
            accounts.Add(NewAccount(Bob, "b.test") with { DeactivatedAt = off, DeleteAfter = Now.AddHours(-1) }, null);
            accounts.Add(NewAccount(Carol, "c.test") with { DeactivatedAt = off, DeleteAfter = Now.AddMilliseconds(1) }, null);
            accounts.Add(NewAccount(Did.Parse("did:web:off.example"), "d.test") with { DeactivatedAt = off }, null);
            accounts.Add(NewAccount(Did.Parse("did:web:on.example"), "e.test") with { DeleteAfter = off }, null);
            accounts.Add(NewAccount(Did.Parse("did:web:down.example"), "f.test") with { DeactivatedAt = off, DeleteAfter = off, TakedownRef = "x" }, null);
        });

        Assert.Equal([Bob, Alice], await DueAsync(10));
        Assert.Equal([Bob], await DueAsync(1));
    }

    private static string HandleOf(Did account) => $"{account.Identifier[..3]}.test";

    private static string EmailOf(Did account) => $"{account.Identifier[..3]}@example.com";

    /// <summary>An account with something in every store.</summary>
    private async Task<TestRepo> AddAsync(Did account)
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(account, HandleOf(account), EmailOf(account)), null));
        await SaveAsync<IKeyring>(keys => keys.Add(account, PrivateKey.Generate(Curve.P256)));
        await SaveAsync<ISessionStore>(sessions => sessions.Add(new RefreshToken($"token of {account}", account, Now)));
        await SaveAsync<IEmailTokenStore>(tokens => tokens.PutAsync(new EmailToken(account, EmailTokenPurpose.DeleteAccount, new byte[32], Now), CancellationToken.None));
        await SaveAsync<IBlobIndex>(blobs => blobs.PutAsync(account, new StoredBlob(TestRepo.Blob(1), "text/plain", 1, Now, Now), CancellationToken.None));
        await SaveAsync<IEventLog>(events => events.Append(new IdentityEvent(account)));
        var repo = new TestRepo(Database, account);
        await repo.CommitAsync(TestRepo.Put(One, 1, TestRepo.Blob(1)));
        return repo;
    }

    private async Task EraseAsync(Did account)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IAccountEraser>().Erase(account);
        scope.ServiceProvider.GetRequiredService<IEventLog>().Append(new AccountEvent(account, AccountStatus.Deleted));
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    private Task<bool> RemoveSomeAsync(Did account) => AskAsync<IAccountEraser, bool>(eraser => eraser.RemoveSomeAsync(account, CancellationToken.None));

    private Task<bool> IsUnfinishedAsync(Did account) => AskAsync<IAccountEraser, bool>(eraser => eraser.IsUnfinishedAsync(account, CancellationToken.None));

    private Task<IReadOnlyList<Did>> UnfinishedAsync() => AskAsync<IAccountEraser, IReadOnlyList<Did>>(eraser => eraser.ListUnfinishedAsync(CancellationToken.None));

    private Task<IReadOnlyList<Did>> DueAsync(int limit) => AskAsync<IAccountEraser, IReadOnlyList<Did>>(eraser => eraser.ListDueAsync(Now, limit, CancellationToken.None));

    private async Task FinishAsync(Did account)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IAccountEraser>().FinishAsync(account, CancellationToken.None);
    }

    private Task<Account?> FindAsync(Did account) => AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(account, CancellationToken.None));

    private IReadOnlyList<Domain.Data.Cid> NodesOfBob()
    {
        using var snapshot = StoredBlocks.Open(Database, Bob);
        return [.. snapshot.BlocksSince(default).Select(block => block.Cid)];
    }

    private long Count(string table, Did? account = null)
    {
        using var read = Database.Services.GetRequiredService<ReadConnections>().Rent();
        return (long)(account is null ? read.Sql.Scalar($"SELECT count(*) FROM {table}") : read.Sql.Scalar($"SELECT count(*) FROM {table} WHERE did = @0", account.Value))!;
    }
}
