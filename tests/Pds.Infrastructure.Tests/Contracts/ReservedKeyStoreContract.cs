using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class ReservedKeyStoreContract : StoreContract
{
    private protected ReservedKeyStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Theory]
    [InlineData(Curve.K256)]
    [InlineData(Curve.P256)]
    public async Task Gives_back_the_key_that_was_reserved_for_a_DID(Curve curve)
    {
        var (publicKey, key) = await ReserveAsync(Alice, curve);

        Assert.Equal(publicKey, await FindAsync(Alice));
        Assert.Equal(key.Reveal().ToArray(), (await OpenAsync(Alice, publicKey))!.Reveal().ToArray());
        Assert.Null(await FindAsync(Bob));
        Assert.Null(await OpenAsync(Bob, publicKey));
    }

    [Fact]
    public async Task A_key_for_nobody_is_for_whoever_names_it()
    {
        var (publicKey, key) = await ReserveAsync(did: null);

        Assert.Equal(key.Reveal().ToArray(), (await OpenAsync(Bob, publicKey))!.Reveal().ToArray());
        Assert.Null(await FindAsync(Bob));
    }

    [Fact]
    public async Task A_key_in_use_is_reserved_no_longer()
    {
        var (publicKey, _) = await ReserveAsync(Alice);

        await SaveAsync<IReservedKeyStore>(store => store.Remove(publicKey));

        Assert.Null(await FindAsync(Alice));
        Assert.Null(await OpenAsync(Alice, publicKey));
        await ReserveAsync(Alice);
    }

    [Fact]
    public async Task An_unclaimed_key_is_as_if_it_had_never_been_after_its_time()
    {
        var (first, _) = await ReserveAsync(Alice);
        await ReserveAsync(did: null);
        Assert.Equal(2, await CountAsync());

        Database.Time.Advance(IReservedKeyStore.UnclaimedLifetime + TimeSpan.FromMilliseconds(1));
        Assert.Null(await FindAsync(Alice));
        Assert.Equal(0, await CountAsync());
        var (second, _) = await ReserveAsync(Alice);

        Assert.Equal(second, await FindAsync(Alice));
        Assert.Null(await OpenAsync(Alice, first));
        Assert.Equal(1L, Rows());
    }

    [Fact]
    public async Task An_accounts_key_stays_and_is_not_counted()
    {
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test"), null));
        var (publicKey, _) = await ReserveAsync(Alice);

        Database.Time.Advance(TimeSpan.FromDays(1000));
        await ReserveAsync(did: null);

        Assert.Equal(publicKey, await FindAsync(Alice));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_key_that_is_reserved_already_stays_so()
    {
        var (publicKey, key) = await ReserveAsync(did: null);

        await SaveAsync<IReservedKeyStore>(store => store.Add(publicKey, key, did: null));

        Assert.Equal(1L, Rows());
        Assert.NotNull(await OpenAsync(Alice, publicKey));
    }

    [Fact]
    public async Task Keeps_no_key_in_clear_and_opens_none_that_was_moved()
    {
        var (first, key) = await ReserveAsync(Alice);
        var (second, _) = await ReserveAsync(Bob);
        Assert.Equal(-1, SealedKeyOf(first).AsSpan().IndexOf(key.Reveal()));

        var moved = SealedKeyOf(second);
        await SaveAsync<EfUnitOfWork>(work => work.Buffer(sql =>
            sql.Execute("UPDATE account_reserved_key SET sealed_key = @0 WHERE public_key = @1", moved, first.ToString())));

        await Assert.ThrowsAsync<KeyEncryptionException>(() => OpenAsync(Alice, first));
    }

    [Fact]
    public async Task Reserves_nothing_that_is_not_saved()
    {
        await AbandonAsync<IReservedKeyStore>(store => store.Add(PublicKeyOf(PrivateKey.Generate(Curve.K256)), PrivateKey.Generate(Curve.K256), Alice));

        Assert.Null(await FindAsync(Alice));
    }

    private async Task<(DidKey PublicKey, PrivateKey Key)> ReserveAsync(Did? did, Curve curve = Curve.K256)
    {
        var key = PrivateKey.Generate(curve);
        await SaveAsync<IReservedKeyStore>(store => store.Add(PublicKeyOf(key), key, did));
        return (PublicKeyOf(key), key);
    }

    private DidKey PublicKeyOf(PrivateKey key) => Database.Services.GetRequiredService<IKeyFactory>().Import(key).PublicKey;

    private Task<DidKey?> FindAsync(Did did) => AskAsync<IReservedKeyStore, DidKey?>(store => store.FindAsync(did, CancellationToken.None));

    private Task<PrivateKey?> OpenAsync(Did did, DidKey publicKey) => AskAsync<IReservedKeyStore, PrivateKey?>(store => store.OpenAsync(did, publicKey, CancellationToken.None));

    private Task<int> CountAsync() => AskAsync<IReservedKeyStore, int>(store => store.CountUnclaimedAsync(CancellationToken.None));

    private byte[] SealedKeyOf(DidKey publicKey)
    {
        using var read = Database.Services.GetRequiredService<ReadConnections>().Rent();
        return (byte[])read.Sql.Scalar("SELECT sealed_key FROM account_reserved_key WHERE public_key = @0", publicKey.ToString())!;
    }

    private long Rows()
    {
        using var read = Database.Services.GetRequiredService<ReadConnections>().Rent();
        return (long)read.Sql.Scalar("SELECT count(*) FROM account_reserved_key")!;
    }
}
