using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class AppPasswordStoreContract : StoreContract
{
    private protected AppPasswordStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_back_every_field_by_id_and_by_hash(bool privileged)
    {
        var made = Make("one", Alice, "my phone", privileged);
        await AddAsync(made);

        foreach (var found in new[] { await FindAsync(Alice, "one"), await FindByHashAsync(Alice, made.Hash) })
        {
            Assert.Equal(made with { Hash = default }, found! with { Hash = default });
            Assert.Equal(made.Hash.ToArray(), found.Hash.ToArray());
        }
    }

    [Fact]
    public async Task Finds_an_account_only_its_own()
    {
        var made = Make("one", Alice, "my phone");
        await AddAsync(made);

        Assert.Null(await FindAsync(Bob, "one"));
        Assert.Null(await FindByHashAsync(Bob, made.Hash));
        Assert.Null(await FindAsync(Alice, "two"));
        Assert.Empty(await ListAsync(Bob));
    }

    [Fact]
    public async Task Lists_the_newest_first()
    {
        await AddAsync(Make("one", Alice, "old"), Make("two", Alice, "new") with { CreatedAt = Now.AddMinutes(1) }, Make("three", Bob, "old"));

        Assert.Equal(["new", "old"], (await ListAsync(Alice)).Select(one => one.Name));
    }

    [Fact]
    public async Task Keeps_two_of_one_name_apart_by_account_and_refuses_them_for_one()
    {
        await AddAsync(Make("one", Alice, "my phone"), Make("two", Bob, "my phone"));

        await Assert.ThrowsAsync<XrpcException>(() => AddAsync(Make("three", Alice, "my phone")));

        Assert.Null(await FindAsync(Alice, "three"));
    }

    [Fact]
    public async Task A_hash_is_replaced_and_the_old_one_finds_nothing()
    {
        var official = Make("one", Alice, "my phone") with { Hash = new byte[AppPassword.OfficialHashLength] };
        await AddAsync(official);
        Assert.True((await FindByHashAsync(Alice, official.Hash))!.IsOfficial);

        var hash = AppPassword.HashOf(Alice, Secret.Of("abcd-efgh-2345-6767"));
        await SaveAsync<IAppPasswordStore>(store => store.SetHashAsync(official, hash, CancellationToken.None));

        Assert.Null(await FindByHashAsync(Alice, official.Hash));
        Assert.Equal(("one", false), ((await FindByHashAsync(Alice, hash))!.Id, (await FindByHashAsync(Alice, hash))!.IsOfficial));
    }

    [Fact]
    public async Task Removes_one_and_leaves_the_rest()
    {
        var revoked = Make("one", Alice, "my phone");
        await AddAsync(revoked, Make("two", Alice, "my tablet"));

        await SaveAsync<IAppPasswordStore>(store => store.RemoveAsync(revoked, CancellationToken.None));

        Assert.Null(await FindAsync(Alice, "one"));
        Assert.NotNull(await FindAsync(Alice, "two"));
    }

    [Fact]
    public async Task Keeps_none_of_an_account_that_is_not_here()
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IAppPasswordStore>(store => store.Add(Make("one", Alice, "my phone"))));

        Assert.Equal("AccountNotFound", refusal.Name);
        Assert.Null(await FindAsync(Alice, "one"));
    }

    private AppPassword Make(string id, Did did, string name, bool privileged = false) =>
        new(id, did, name, privileged, AppPassword.HashOf(did, Secret.Of(name)), Now);

    private async Task AddAsync(params AppPassword[] appPasswords)
    {
        foreach (var appPassword in appPasswords) await HaveAccountAsync(appPassword.Did);
        await SaveAsync<IAppPasswordStore>(store => Array.ForEach(appPasswords, store.Add));
    }

    private Task<AppPassword?> FindAsync(Did did, string id) => AskAsync<IAppPasswordStore, AppPassword?>(store => ValueTask.FromResult(store.Find(did, id)));

    private Task<AppPassword?> FindByHashAsync(Did did, ReadOnlyMemory<byte> hash) =>
        AskAsync<IAppPasswordStore, AppPassword?>(store => ValueTask.FromResult(store.Find(did, hash)));

    private Task<IReadOnlyList<AppPassword>> ListAsync(Did did) =>
        AskAsync<IAppPasswordStore, IReadOnlyList<AppPassword>>(store => store.ListAsync(did, CancellationToken.None));
}
