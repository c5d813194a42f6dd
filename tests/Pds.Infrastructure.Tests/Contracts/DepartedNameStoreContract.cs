using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class DepartedNameStoreContract : StoreContract
{
    private static readonly Handle Name = Handle.Parse("alice.test");

    private static readonly MovedAccount Elsewhere = new(
        new Uri("https://elsewhere.example.com"), DidKey.Parse("did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N"), Handle.Parse("alice.example.com"));

    private protected DepartedNameStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Knows_where_an_account_has_moved_and_the_last_word_counts()
    {
        Assert.Null(await FindAsync());

        await SaveAsync<IDepartedNameStore>(store => store.SetMoved(Name, Elsewhere));
        Assert.Equal(new DepartedName(Name, Elsewhere), await FindAsync());

        var further = Elsewhere with { Pds = new Uri("https://further.example.com") };
        await SaveAsync<IDepartedNameStore>(store => store.SetMoved(Name, further));
        Assert.Equal(further, (await FindAsync())!.MovedTo);
    }

    [Fact]
    public async Task A_deletion_ends_it_but_not_what_has_moved()
    {
        await SaveAsync<IDepartedNameStore>(store => store.SetDeleted(Name));
        Assert.Equal(new DepartedName(Name, MovedTo: null), await FindAsync());

        await SaveAsync<IDepartedNameStore>(store => store.SetMoved(Name, Elsewhere));
        await SaveAsync<IDepartedNameStore>(store => store.SetDeleted(Name));
        Assert.Equal(Elsewhere, (await FindAsync())!.MovedTo);
    }

    [Fact]
    public async Task Who_is_back_has_not_departed()
    {
        await SaveAsync<IDepartedNameStore>(store => store.SetMoved(Name, Elsewhere));

        await SaveAsync<IDepartedNameStore>(store => store.Remove(Name));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Keeps_nothing_that_is_not_saved()
    {
        await AbandonAsync<IDepartedNameStore>(store => store.SetDeleted(Name));

        Assert.Null(await FindAsync());
    }

    private Task<DepartedName?> FindAsync() => AskAsync<IDepartedNameStore, DepartedName?>(store => store.FindAsync(Name, CancellationToken.None));
}
