using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class AccountStoreContract : StoreContract
{
    private protected AccountStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Counts_accounts_in_whatever_state()
    {
        Assert.Equal(0, await CountAsync());
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test") with { TakedownRef = "x" }, null));
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Bob, "bob.test"), null));

        Assert.Equal(2, await CountAsync());

        Task<long> CountAsync() => AskAsync<IAccountStore, long>(accounts => accounts.CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Gives_back_every_field_of_an_account()
    {
        var account = new Account(
            Alice, Handle.Parse("alice.test"), "Alice@Example.com", Now, Now.AddHours(1), Now.AddHours(2), Now.AddHours(3), "mod-1", InvitesDisabled: true);

        await SaveAsync<IAccountStore>(accounts => accounts.Add(account, "hash"));

        Assert.Equal(account, await FindAsync(Alice));
    }

    [Fact]
    public async Task Keeps_what_is_absent_absent()
    {
        var account = new Account(Alice, Handle: null, Email: null, Now);

        await SaveAsync<IAccountStore>(accounts => accounts.Add(account, passwordHash: null));

        Assert.Equal(account, await FindAsync(Alice));
        Assert.Null(await AskAsync<IAccountStore, string?>(accounts => accounts.FindPasswordHashAsync(Alice, CancellationToken.None)));
    }

    [Fact]
    public async Task Finds_an_account_by_did_handle_and_address_whatever_its_case()
    {
        var account = NewAccount(Alice, "alice.test", "Alice@Example.com");
        await SaveAsync<IAccountStore>(accounts => accounts.Add(account, "hash"));

        Assert.Equal(account, await AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(Handle.Parse("alice.test"), CancellationToken.None)));
        Assert.Equal(account, await AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(AtIdentifier.Parse("alice.test"), CancellationToken.None)));
        Assert.Equal(account, await AskAsync<IAccountStore, Account?>(accounts => accounts.FindByEmailAsync("aLICE@eXAMPLE.COM", CancellationToken.None)));
    }

    [Fact]
    public async Task Finds_nobody_where_there_is_nobody()
    {
        Assert.Null(await FindAsync(Alice));
        Assert.Null(await AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(Handle.Parse("alice.test"), CancellationToken.None)));
        Assert.Null(await AskAsync<IAccountStore, Account?>(accounts => accounts.FindByEmailAsync("alice@example.com", CancellationToken.None)));
        Assert.Null(await AskAsync<IAccountStore, string?>(accounts => accounts.FindPasswordHashAsync(Alice, CancellationToken.None)));
    }

    [Fact]
    public async Task Saves_nothing_without_the_unit_of_work()
    {
        await AbandonAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test"), "hash"));

        Assert.Null(await FindAsync(Alice));
    }

    [Theory]
    [InlineData("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "other.test", "other@example.com")]
    [InlineData("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb", "alice.test", "other@example.com")]
    [InlineData("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb", "other.test", "ALICE@example.com")]
    public async Task Refuses_a_second_account_of_one_did_handle_or_address(string second, string handle, string email)
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test", "alice@example.com"), "hash"));

        var refusal = await Assert.ThrowsAsync<XrpcException>(() =>
            SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Did.Parse(second), handle, email), "other")));

        Assert.Equal(XrpcErrorKind.InvalidRequest, refusal.Kind);
        Assert.Equal("alice@example.com", (await FindAsync(Alice))!.Email);
        Assert.Null(await FindAsync(Bob));
    }

    [Fact]
    public async Task Lets_any_number_of_accounts_be_without_a_handle_and_an_address()
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(new Account(Alice, null, null, Now), null));
        await SaveAsync<IAccountStore>(accounts => accounts.Add(new Account(Bob, null, null, Now), null));

        Assert.NotNull(await FindAsync(Alice));
        Assert.NotNull(await FindAsync(Bob));
    }

    [Fact]
    public async Task Replaces_a_password_hash()
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test"), "before"));

        await SaveAsync<IAccountStore>(accounts => accounts.SetPasswordHashAsync(Alice, "after", CancellationToken.None));

        Assert.Equal("after", await AskAsync<IAccountStore, string?>(accounts => accounts.FindPasswordHashAsync(Alice, CancellationToken.None)));
    }

    [Fact]
    public async Task Lists_accounts_in_any_state_the_oldest_first_from_after_the_cursor_on()
    {
        Account[] expected =
        [
            NewAccount(Bob, "bob.test", "Bob@Example.com") with { CreatedAt = Now.AddMilliseconds(-1), TakedownRef = "mod-1" },
            NewAccount(Alice, "alice.test", "alice@example.org") with { DeactivatedAt = Now },
            new(Did.Parse("did:plc:cccccccccccccccccccccccc"), Handle: null, Email: null, Now),
        ];
        foreach (var account in expected) await SaveAsync<IAccountStore>(accounts => accounts.Add(account, null));

        Assert.Equal(expected, await ListAsync(null, null, 10));
        Assert.Equal(expected[..2], await ListAsync(null, null, 2));
        Assert.Equal(expected[1..], await ListAsync(null, new AccountCursor(expected[0].CreatedAt, Bob), 10));
        Assert.Equal(expected[2..], await ListAsync(null, new AccountCursor(Now, Alice), 10));
        Assert.Equal(expected[..2], await ListAsync("@example.", null, 10));
        Assert.Equal(expected[..1], await ListAsync("bOB@eXAMPLE.COM", null, 10));
        Assert.Equal(expected[1..2], await ListAsync("@example.", new AccountCursor(expected[0].CreatedAt, Bob), 10));
    }

    [Theory]
    [InlineData("100%@example.com", "0%@")]
    [InlineData("a_b@example.com", "a_b")]
    [InlineData("wow!@example.com", "w!")]
    public async Task Searches_addresses_for_a_text_and_not_for_a_pattern(string email, string part)
    {
        var account = NewAccount(Alice, "alice.test", email);
        await SaveAsync<IAccountStore>(accounts => accounts.Add(account, null));
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Bob, "bob.test", "axb100x@w@example.com"), null));

        Assert.Equal([account], await ListAsync(part, null, 10));
    }

    private Task<IReadOnlyList<Account>> ListAsync(string? email, AccountCursor? after, int limit) =>
        AskAsync<IAccountStore, IReadOnlyList<Account>>(accounts => accounts.ListAsync(email, after, limit, CancellationToken.None));

    private Task<Account?> FindAsync(Did did) => AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(did, CancellationToken.None));
}
