using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>What an identity says whose PDS is this server: new ones are made so, others that move in are told so, and none is let go astray.</summary>
internal sealed class HostedIdentity(IKeyring keyring, IKeyFactory keys, ServiceOptions service, IdentityOptions options)
{
    /// <param name="signingKey">The key that signs the account's repository here.</param>
    /// <param name="handle">The account's.</param>
    /// <param name="ownKey">The user's own rotation key; it goes above every key of the server's, so that the user has the last word.</param>
    public PlcState Describe(DidKey signingKey, Handle handle, DidKey? ownKey = null)
    {
        DidKey?[] rotationKeys = [ownKey, options.RecoveryKey, keys.Import(options.PlcRotationKey).PublicKey];
        return PlcState.Of([.. rotationKeys.OfType<DidKey>().Distinct()], signingKey, handle, new Uri(service.PublicUrl));
    }

    /// <summary>The same for an account that is here.</summary>
    public async ValueTask<PlcState> DescribeAsync(Did did, Handle handle, CancellationToken ct) =>
        Describe((await keyring.GetAsync(did, ct)).PublicKey, handle);

    /// <summary>Whether an identity that says this names this server as its PDS.</summary>
    public bool IsHere(HostingClaims claims) => claims.PdsEndpoint == service.PublicUrl;

    /// <summary>What keeps an account from being here, if its identity said this; null where nothing does.</summary>
    public async ValueTask<HostingFault?> FindFaultAsync(Did did, HostingClaims claims, CancellationToken ct)
    {
        var hosted = HostingClaims.Of(await DescribeAsync(did, Handle.Invalid, ct)); // the handle is not among them
        return claims.FindFault(keys.Import(options.PlcRotationKey).PublicKey, hosted);
    }
}
