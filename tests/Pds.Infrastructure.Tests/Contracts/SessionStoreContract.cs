using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class SessionStoreContract : StoreContract
{
    private protected SessionStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_a_token()
    {
        var token = new RefreshToken("one", Alice, Now.AddDays(90), "two", "my phone");

        await AddAsync(token);

        Assert.Equal(token, await FindAsync("one"));
        Assert.Null(await FindAsync("two"));
    }

    [Fact]
    public async Task Lists_the_tokens_of_one_account()
    {
        var token = new RefreshToken("one", Alice, Now.AddDays(90), "two", "my phone");
        await AddAsync(token, new RefreshToken("his", Bob, Now.AddDays(90)));

        Assert.Equal([token], await AskAsync<ISessionStore, IReadOnlyList<RefreshToken>>(store => store.ListAsync(Alice, CancellationToken.None)));
    }

    [Fact]
    public async Task Exchanges_a_token_for_the_next()
    {
        var token = new RefreshToken("one", Alice, Now.AddDays(90), AppPasswordId: "my phone");
        await AddAsync(token);

        var exchanged = token with { ExpiresAt = Now + RefreshToken.Grace, NextId = "two" };
        await SaveAsync<ISessionStore>(async sessions =>
        {
            await sessions.UpdateAsync(exchanged, CancellationToken.None);
            sessions.Add(new RefreshToken("two", Alice, Now.AddDays(90)));
        });

        Assert.Equal(exchanged, await FindAsync("one"));
        Assert.NotNull(await FindAsync("two"));
    }

    [Fact]
    public async Task Does_not_update_a_token_that_has_been_revoked() => await Assert.ThrowsAsync<KeyNotFoundException>(() =>
        SaveAsync<ISessionStore>(sessions => sessions.UpdateAsync(new RefreshToken("gone", Alice, Now), CancellationToken.None)));

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("three")]
    public async Task Removes_a_whole_chain_from_any_of_its_tokens_and_no_other(string from)
    {
        await AddAsync(
            new RefreshToken("one", Alice, Now.AddDays(1), "two"), new RefreshToken("two", Alice, Now.AddDays(1), "three"),
            new RefreshToken("three", Alice, Now.AddDays(1)), new RefreshToken("other", Alice, Now.AddDays(1)));

        await SaveAsync<ISessionStore>(sessions => sessions.RemoveChainAsync(from, CancellationToken.None));

        Assert.Null(await FindAsync("one"));
        Assert.Null(await FindAsync("two"));
        Assert.Null(await FindAsync("three"));
        Assert.NotNull(await FindAsync("other"));
    }

    [Fact]
    public async Task Removes_a_chain_whose_first_token_has_gone_already()
    {
        await AddAsync(new RefreshToken("two", Alice, Now.AddDays(1), "three"), new RefreshToken("three", Alice, Now.AddDays(1)));

        await SaveAsync<ISessionStore>(sessions => sessions.RemoveChainAsync("two", CancellationToken.None));
        await SaveAsync<ISessionStore>(sessions => sessions.RemoveChainAsync("never there", CancellationToken.None));

        Assert.Null(await FindAsync("three"));
    }

    [Fact]
    public async Task Removes_what_has_expired_of_one_account_alone()
    {
        await AddAsync(
            new RefreshToken("expired", Alice, Now.AddMilliseconds(-1)), new RefreshToken("alive", Alice, Now.AddMilliseconds(1)),
            new RefreshToken("somebody's", Bob, Now.AddDays(-1)));

        await SaveAsync<ISessionStore>(sessions => sessions.RemoveExpiredAsync(Alice, Now, CancellationToken.None));

        Assert.Null(await FindAsync("expired"));
        Assert.NotNull(await FindAsync("alive"));
        Assert.NotNull(await FindAsync("somebody's"));
    }

    [Fact]
    public async Task Keeps_none_of_an_account_that_is_not_here()
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<ISessionStore>(sessions => sessions.Add(new RefreshToken("one", Alice, Now.AddDays(1)))));

        Assert.Equal("AccountNotFound", refusal.Name);
        Assert.Null(await FindAsync("one"));
    }

    private async Task AddAsync(params RefreshToken[] tokens)
    {
        foreach (var token in tokens) await HaveAccountAsync(token.Did);
        await SaveAsync<ISessionStore>(sessions => Array.ForEach(tokens, sessions.Add));
    }

    private Task<RefreshToken?> FindAsync(string id) => AskAsync<ISessionStore, RefreshToken?>(sessions => sessions.FindAsync(id, CancellationToken.None));
}
