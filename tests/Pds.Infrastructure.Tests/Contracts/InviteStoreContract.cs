using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class InviteStoreContract : StoreContract
{
    private protected InviteStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_a_code()
    {
        var code = new InviteCode("pds-abcde-fghij", 5, Disabled: true, Alice.Value, InviteCode.Admin, Now);

        await SaveAsync<IInviteStore>(invites => invites.Add(code));

        Assert.Equal(code, await AskAsync<IInviteStore, InviteCode?>(invites => invites.FindAsync(code.Code, CancellationToken.None)));
        Assert.Null(await AskAsync<IInviteStore, InviteCode?>(invites => invites.FindAsync("another", CancellationToken.None)));
    }

    [Fact]
    public async Task Counts_the_uses_of_each_code()
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.AddUse("one", new InviteCodeUse(Alice, Now));
            invites.AddUse("one", new InviteCodeUse(Bob, Now));
            invites.AddUse("two", new InviteCodeUse(Bob, Now));
        });

        Assert.Equal(2, await CountAsync("one"));
        Assert.Equal(1, await CountAsync("two"));
        Assert.Equal(0, await CountAsync("three"));
    }

    [Fact]
    public async Task Lets_nobody_use_a_code_twice()
    {
        await SaveAsync<IInviteStore>(invites => invites.AddUse("one", new InviteCodeUse(Alice, Now)));

        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IInviteStore>(invites => invites.AddUse("one", new InviteCodeUse(Alice, Now))));

        Assert.Equal(1, await CountAsync("one"));
    }

    private Task<int> CountAsync(string code) => AskAsync<IInviteStore, int>(invites => invites.CountUsesAsync(code, CancellationToken.None));
}
