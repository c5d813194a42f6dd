using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class FactorStoreContract : StoreContract
{
    private protected FactorStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_an_authenticator_app_and_keeps_one_for_each_account()
    {
        var first = new TotpFactor(Alice, TotpSecret.Generate());
        var second = new TotpFactor(Alice, TotpSecret.Generate(), Now, LastStep: 57_000_000);

        await ChangeAsync(store => store.PutTotpAsync(first, CancellationToken.None));
        await AssertIsAsync(first);
        await ChangeAsync(store => store.PutTotpAsync(second, CancellationToken.None));
        await AssertIsAsync(second);

        Assert.Null(await FindTotpAsync(Bob));
        await ChangeAsync(store => store.RemoveTotpAsync(Alice, CancellationToken.None));
        Assert.Null(await FindTotpAsync(Alice));
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database_and_does_not_open_for_another_account()
    {
        var totp = new TotpFactor(Alice, TotpSecret.Generate());
        await ChangeAsync(store => store.PutTotpAsync(totp, CancellationToken.None));

        var stored = Run(sql => (byte[])sql.Scalar("SELECT sealed_secret FROM account_totp WHERE did = @0", Alice.Value)!);
        Run(sql => sql.Execute("INSERT INTO account_totp (did, sealed_secret, last_step) VALUES (@0, @1, 0)", Bob.Value, stored));

        Assert.Equal(-1, stored.AsSpan().IndexOf(totp.Secret.Reveal()));
        await Assert.ThrowsAsync<KeyEncryptionException>(() => FindTotpAsync(Bob));
    }

    [Fact]
    public async Task Takes_a_backup_code_once_from_whose_it_is()
    {
        var codes = Enumerable.Range(0, 10).Select(i => BackupCode.HashOf(Alice, Secret.Of($"code {i}"))).ToList();
        await ChangeAsync(store => store.ReplaceBackupCodesAsync(Alice, codes, CancellationToken.None));

        Assert.False(await TakeAsync(Bob, codes[3]));
        Assert.True(await TakeAsync(Alice, codes[3]));
        Assert.False(await TakeAsync(Alice, codes[3]));
        Assert.Equal(9, await CountAsync(Alice));
    }

    [Fact]
    public async Task New_backup_codes_take_the_place_of_one_accounts_old_ones()
    {
        var (old, made) = (BackupCode.HashOf(Alice, Secret.Of("old")), BackupCode.HashOf(Alice, Secret.Of("new")));
        await ChangeAsync(store => store.ReplaceBackupCodesAsync(Bob, [BackupCode.HashOf(Bob, Secret.Of("his"))], CancellationToken.None));
        await ChangeAsync(store => store.ReplaceBackupCodesAsync(Alice, [old], CancellationToken.None));

        await ChangeAsync(store => store.ReplaceBackupCodesAsync(Alice, [made], CancellationToken.None));

        Assert.Equal((1, 1), (await CountAsync(Alice), await CountAsync(Bob)));
        Assert.False(await TakeAsync(Alice, old));
        Assert.True(await TakeAsync(Alice, made));
    }

    [Fact]
    public async Task Gives_back_how_often_somebody_was_wrong_until_that_is_forgotten()
    {
        var once = new WrongCodes(Alice, 1, Now);
        var twice = new WrongCodes(Alice, 2, Now.AddSeconds(1));

        await ChangeAsync(store => store.PutWrongCodesAsync(once, CancellationToken.None));
        Assert.Equal(once, await FindWrongAsync(Alice));
        await ChangeAsync(store => store.PutWrongCodesAsync(twice, CancellationToken.None));
        Assert.Equal(twice, await FindWrongAsync(Alice));

        Assert.Null(await FindWrongAsync(Bob));
        await ChangeAsync(store => store.RemoveWrongCodesAsync(Alice, CancellationToken.None));
        Assert.Null(await FindWrongAsync(Alice));
    }

    [Fact]
    public async Task Keeps_nothing_of_an_account_that_is_not_here()
    {
        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IFactorStore>(store => store.PutTotpAsync(new TotpFactor(Alice, TotpSecret.Generate()), CancellationToken.None)));
        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IFactorStore>(store => store.ReplaceBackupCodesAsync(Alice, [], CancellationToken.None)));
        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IFactorStore>(store => store.PutWrongCodesAsync(new WrongCodes(Alice, 1, Now), CancellationToken.None)));

        Assert.Null(await FindTotpAsync(Alice));
        Assert.Null(await FindWrongAsync(Alice));
    }

    /// <summary>Changes the store, where there are Alice and Bob.</summary>
    private async Task ChangeAsync(Func<IFactorStore, Task> change)
    {
        await HaveAccountAsync(Alice);
        await HaveAccountAsync(Bob);
        await SaveAsync(change);
    }

    private async Task AssertIsAsync(TotpFactor expected)
    {
        var found = await FindTotpAsync(Alice);
        Assert.Equal((expected.Did, expected.ConfirmedAt, expected.LastStep), (found!.Did, found.ConfirmedAt, found.LastStep));
        Assert.Equal(expected.Secret.Reveal().ToArray(), found.Secret.Reveal().ToArray());
    }

    private Task<TotpFactor?> FindTotpAsync(Did did) => AskAsync<IFactorStore, TotpFactor?>(store => store.FindTotpAsync(did, CancellationToken.None));

    private Task<WrongCodes?> FindWrongAsync(Did did) => AskAsync<IFactorStore, WrongCodes?>(store => store.FindWrongCodesAsync(did, CancellationToken.None));

    private Task<int> CountAsync(Did did) => AskAsync<IFactorStore, int>(store => store.CountBackupCodesAsync(did, CancellationToken.None));

    private async Task<bool> TakeAsync(Did did, ReadOnlyMemory<byte> hash)
    {
        var isTaken = false;
        await ChangeAsync(async store => isTaken = await store.TakeBackupCodeAsync(did, hash, CancellationToken.None));
        return isTaken;
    }

    private TAnswer Run<TAnswer>(Func<PreparedConnection, TAnswer> run)
    {
        using var connection = new PreparedConnection(Database.Services.GetRequiredService<IDatabase>().Open(readOnly: false));
        return run(connection);
    }
}
