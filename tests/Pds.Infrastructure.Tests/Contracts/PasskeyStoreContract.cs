using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class PasskeyStoreContract : StoreContract
{
    private protected PasskeyStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    private Passkey First => new(Alice, new byte[] { 1, 2 }, new byte[] { 3 }, "first", ["internal", "hybrid"], IsBackupEligible: true, IsBackedUp: false, SignCount: uint.MaxValue, Now);

    private Passkey Second => new(Alice, new byte[] { 1 }, new byte[] { 4 }, "second", [], IsBackupEligible: false, IsBackedUp: false, SignCount: 0, Now + TimeSpan.FromSeconds(1), Now);

    [Fact]
    public async Task Gives_back_every_field_oldest_first_and_finds_one_by_its_id()
    {
        await HaveBothAsync();

        Assert.Equivalent(new[] { First, Second }, await ListAsync(), strict: true);
        var first = (await ListAsync())[0];
        Assert.Equal<byte>([1, 2, 3], [.. first.Id.ToArray(), .. first.PublicKey.ToArray()]);
        var second = (await FindAsync(1))!.PublicKey.ToArray();
        Assert.Equal([4], second);
        Assert.Null(await FindAsync(9));
    }

    [Fact]
    public async Task Finds_whose_they_are_as_authenticators_say_it()
    {
        await HaveBothAsync();

        Assert.Equal(Alice, await AskAsync<IPasskeyStore, Did?>(store => store.FindOwnerAsync(Passkey.OwnerIdOf(Alice), CancellationToken.None)));
        Assert.Null(await AskAsync<IPasskeyStore, Did?>(store => store.FindOwnerAsync(Passkey.OwnerIdOf(Bob), CancellationToken.None)));
    }

    [Fact]
    public async Task Keeps_how_one_was_used_and_not_of_one_that_has_gone()
    {
        await HaveBothAsync();
        var used = First with { IsBackedUp = true, SignCount = 12, UsedAt = Now };

        await SaveAsync<IPasskeyStore>(store => store.UpdateAsync(used, CancellationToken.None));
        await SaveAsync<IPasskeyStore>(store => store.UpdateAsync(used with { Id = new byte[] { 9 } }, CancellationToken.None));

        Assert.Equivalent(new[] { used, Second }, await ListAsync(), strict: true);
    }

    [Fact]
    public async Task Removes_one_for_its_owner_only()
    {
        await HaveBothAsync();

        await SaveAsync<IPasskeyStore>(store => store.RemoveAsync(Bob, First.Id, CancellationToken.None));
        Assert.Equal(2, (await ListAsync()).Count);
        await SaveAsync<IPasskeyStore>(store => store.RemoveAsync(Alice, First.Id, CancellationToken.None));
        Assert.Equal("second", Assert.Single(await ListAsync()).Name);
    }

    private async Task HaveBothAsync()
    {
        await HaveAccountAsync(Alice);
        await SaveAsync<IPasskeyStore>(store =>
        {
            store.Add(Second);
            store.Add(First);
        });
    }

    private Task<IReadOnlyList<Passkey>> ListAsync() => AskAsync<IPasskeyStore, IReadOnlyList<Passkey>>(store => store.ListAsync(Alice, CancellationToken.None));

    private Task<Passkey?> FindAsync(params byte[] id) => AskAsync<IPasskeyStore, Passkey?>(store => store.FindAsync(id, CancellationToken.None));
}
