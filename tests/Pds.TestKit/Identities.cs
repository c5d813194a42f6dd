using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Persistence.Stores;

namespace Pds.TestKit;

/// <summary>Changes identities and keys behind the methods' back: what their owners, other servers and operators do.</summary>
public static class Identities
{
    /// <summary>What the directory has of a did:plc.</summary>
    public static async Task<PlcLog> LogOfAsync(this PdsFixture pds, Did did) =>
        (await pds.Services.GetRequiredService<IPlcDirectory>().FindLogAsync(did, CancellationToken.None))!;

    /// <summary>Signs another state of a did:plc with the server's rotation key, or another; publishes nothing.</summary>
    public static async Task<PlcRegularOperation> SignAsync(this PdsFixture pds, Did did, Func<PlcState, PlcState> change, ISigningKey? key = null)
    {
        var last = (await pds.LogOfAsync(did)).Last!;
        return PlcRegularOperation.Sign(change(last.State!), last.Cid, key ?? pds.RotationKey());
    }

    /// <summary>The key that the server changes identities with.</summary>
    public static ISigningKey RotationKey(this PdsFixture pds) =>
        pds.Services.GetRequiredService<IKeyFactory>().Import(pds.Services.GetRequiredService<IdentityOptions>().PlcRotationKey);

    /// <summary>Publishes another state of a did:plc, signed with the server's rotation key.</summary>
    public static Task ChangeIdentityAsync(this PdsFixture pds, Did did, Func<PlcState, PlcState> change) =>
        pds.SubmitAsync(did, (last, key) => PlcRegularOperation.Sign(change(last.State!), last.Cid, key));

    /// <summary>Ends a did:plc.</summary>
    public static Task EndIdentityAsync(this PdsFixture pds, Did did) => pds.SubmitAsync(did, (last, key) => PlcTombstone.Sign(last.Cid, key));

    /// <summary>Gives an account another signing key, here and in its did:plc.</summary>
    public static async Task ReplaceKeyAsync(this PdsFixture pds, Did did)
    {
        var key = PrivateKey.Generate(Curve.K256);
        await pds.ExecuteAsync("DELETE FROM account_key WHERE did = @0", did.Value);
        await pds.SaveAsync(services => services.GetRequiredService<IKeyring>().Add(did, key));
        pds.Services.GetRequiredService<ReadyKeys>().Forget(did);
        await pds.ChangeIdentityAsync(did, state => state.WithSigningKey(pds.Services.GetRequiredService<IKeyFactory>().Import(key).PublicKey));
    }

    /// <summary>Makes an account of a DID that was not made here, as one that moved in: deactivated, with an empty repo. Answers the key that it signs with.</summary>
    public static async Task<(Actor Actor, DidKey Key)> HostAsync(this PdsFixture pds, Did did, string handle)
    {
        var key = PrivateKey.Generate(Curve.K256);
        var signing = pds.Services.GetRequiredService<IKeyFactory>().Import(key);
        var hash = await pds.Services.GetRequiredService<IPasswordHasher>().HashAsync(Secret.Of(handle), CancellationToken.None);
        await pds.SaveAsync(services =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            services.GetRequiredService<IAccountStore>().Add(new Account(did, Handle.Parse(handle), $"{handle}@example.com", now, DeactivatedAt: now), hash);
            services.GetRequiredService<IKeyring>().Add(did, key);
            var change = RepoDiff.Of(MstTree.Empty, []).Sign(before: null, did, services.GetRequiredService<TidClock>().Next(), signing);
            services.GetRequiredService<IRepoStore>().Save(new RepoCommit(did, Before: null, change, Records: []) { OnBlobsOrphaned = (_, _) => Task.CompletedTask });
        });
        var session = await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = did.Value, password = handle });
        return (new Actor(pds.Url, session.Ok(), handle), signing.PublicKey);
    }

    /// <summary>Whether the server holds an account's key or document in memory.</summary>
    public static async Task<bool> RemembersAsync(this PdsFixture pds, Did did) =>
        await pds.HoldsKeyAsync(did) || pds.Services.GetRequiredService<IdentityCache>().Documents.TryGet(did, out _, out _);

    private static async Task<bool> HoldsKeyAsync(this PdsFixture pds, Did did)
    {
        try
        {
            await pds.Services.GetRequiredService<ReadyKeys>().GetAsync(did, () => throw new KeyNotFoundException());
            return true;
        }
        catch (KeyNotFoundException) // it would have to be read
        {
            return false;
        }
    }

    private static async Task SubmitAsync(this PdsFixture pds, Did did, Func<PlcOperation, ISigningKey, PlcOperation> operation)
    {
        var log = await pds.LogOfAsync(did);
        await pds.Services.GetRequiredService<IPlcDirectory>().SubmitAsync(did, operation(log.Last!, pds.RotationKey()), CancellationToken.None);
    }

    private static async Task SaveAsync(this PdsFixture pds, Action<IServiceProvider> change)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        change(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }
}
