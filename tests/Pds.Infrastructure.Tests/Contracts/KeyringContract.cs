using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class KeyringContract : StoreContract
{
    private protected KeyringContract(IDatabaseFixture database) : base(database)
    {
    }

    [Theory]
    [InlineData(Curve.K256)]
    [InlineData(Curve.P256)]
    public async Task Gives_back_the_key_that_was_kept(Curve curve)
    {
        var key = PrivateKey.Generate(curve);

        await SaveAsync<IKeyring>(keys => keys.Add(Alice, key));

        var expected = Database.Services.GetRequiredService<IKeyFactory>().Import(key).PublicKey;
        Assert.Equal(expected, (await GetAsync()).PublicKey);
        Assert.Equal(expected, (await GetAsync()).PublicKey);
    }

    [Fact]
    public async Task Has_no_key_for_an_account_that_does_not_exist() => await Assert.ThrowsAsync<KeyNotFoundException>(GetAsync);

    [Fact]
    public async Task Keeps_no_key_in_clear()
    {
        var key = PrivateKey.Generate(Curve.K256);
        await SaveAsync<IKeyring>(keys => keys.Add(Alice, key));

        Assert.Equal(-1, SealedKeyOf(Alice.Value).AsSpan().IndexOf(key.Reveal()));
    }

    [Fact]
    public async Task Does_not_open_a_key_that_was_moved_to_another_account()
    {
        await SaveAsync<IKeyring>(keys => keys.Add(Bob, PrivateKey.Generate(Curve.K256)));
        await SaveAsync<EfUnitOfWork>(work => work.Buffer(sql =>
            sql.Execute("UPDATE account_key SET did = @0 WHERE did = @1", Alice.Value, Bob.Value)));

        await Assert.ThrowsAsync<KeyEncryptionException>(GetAsync);
    }

    [Theory]
    [InlineData(Curve.K256)]
    [InlineData(Curve.P256)]
    public async Task Signs_with_another_key_once_that_is_saved(Curve curve)
    {
        await SaveAsync<IKeyring>(keys => keys.Add(Alice, PrivateKey.Generate(Curve.K256)));
        await GetAsync(); // held ready from now on
        var key = PrivateKey.Generate(curve);

        await SaveAsync<IKeyring>(keys => keys.ReplaceAsync(Alice, key, CancellationToken.None));

        Assert.Equal(PublicKeyOf(key), (await GetAsync()).PublicKey);
    }

    [Fact]
    public async Task Keeps_the_key_where_another_was_not_saved()
    {
        var key = PrivateKey.Generate(Curve.K256);
        await SaveAsync<IKeyring>(keys => keys.Add(Alice, key));

        await AbandonAsync<IKeyring>(keys => keys.ReplaceAsync(Alice, PrivateKey.Generate(Curve.K256), CancellationToken.None));

        Assert.Equal(PublicKeyOf(key), (await GetAsync()).PublicKey);
    }

    [Fact]
    public async Task Replaces_no_key_of_an_account_that_does_not_exist() => await Assert.ThrowsAsync<KeyNotFoundException>(
        () => SaveAsync<IKeyring>(keys => keys.ReplaceAsync(Alice, PrivateKey.Generate(Curve.K256), CancellationToken.None)));

    private DidKey PublicKeyOf(PrivateKey key) => Database.Services.GetRequiredService<IKeyFactory>().Import(key).PublicKey;

    private byte[] SealedKeyOf(string account)
    {
        using var read = Database.Services.GetRequiredService<ReadConnections>().Rent();
        return (byte[])read.Sql.Scalar("SELECT sealed_key FROM account_key WHERE did = @0", account)!;
    }

    private Task<ISigningKey> GetAsync() => AskAsync<IKeyring, ISigningKey>(keys => keys.GetAsync(Alice, CancellationToken.None));
}
