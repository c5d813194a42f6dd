using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class PreferenceStoreContract : StoreContract
{
    private static readonly Preference One = new("app.bsky.one", """{"$type":"app.bsky.one","a":1.5}""");
    private static readonly Preference Two = new("app.bsky.two", """{"$type":"app.bsky.two","text":"é"}""");

    private protected PreferenceStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_what_was_put_in_its_order_equal_ones_too()
    {
        await HaveAccountAsync(Alice);

        await SaveAsync<IPreferenceStore>(store => store.Replace(Alice, [Two, One, Two]));

        Assert.Equal([Two, One, Two], await ListAsync(Alice));
    }

    [Fact]
    public async Task Replaces_one_accounts_and_no_others()
    {
        await HaveAccountAsync(Alice);
        await HaveAccountAsync(Bob);
        await SaveAsync<IPreferenceStore>(store => store.Replace(Alice, [One, Two]));
        await SaveAsync<IPreferenceStore>(store => store.Replace(Bob, [Two]));

        await SaveAsync<IPreferenceStore>(store => store.Replace(Alice, [One]));
        await AbandonAsync<IPreferenceStore>(store => store.Replace(Bob, []));

        Assert.Equal([One], await ListAsync(Alice));
        Assert.Equal([Two], await ListAsync(Bob));
    }

    [Fact]
    public async Task Keeps_none_of_an_account_that_is_not_here()
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IPreferenceStore>(store => store.Replace(Alice, [One])));

        Assert.Equal("AccountNotFound", refusal.Name);
        Assert.Empty(await ListAsync(Alice));
    }

    private Task<IReadOnlyList<Preference>> ListAsync(Did did) =>
        AskAsync<IPreferenceStore, IReadOnlyList<Preference>>(store => store.ListAsync(did, CancellationToken.None));
}
