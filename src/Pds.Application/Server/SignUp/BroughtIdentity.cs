using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Takes in an identity that its owner has already, and has proven to be theirs.</summary>
/// <remarks>Nothing is published: the owner says in the DID document where the account is, once it has moved. A failed sign-up leaves the identity as it was.</remarks>
internal sealed class BroughtIdentity(IReservedKeyStore reserved, IKeyFactory keys, IIdentityResolver identities)
{
    /// <summary>The identity with the key that was reserved for it, which the document may name already, or a fresh one.</summary>
    public async Task<SignUpIdentity> TakeInAsync(Did did, CancellationToken ct)
    {
        var key = await ClaimReservedAsync(did, ct) ?? keys.Generate(Curve.K256);
        return new SignUpIdentity(did, key, await identities.RefreshDidAsync(did, ct), IdentityOrigin.BroughtAlong);
    }

    /// <summary>The reservation ends with the unit of work that saves the account.</summary>
    private async Task<PrivateKey?> ClaimReservedAsync(Did did, CancellationToken ct)
    {
        if (await reserved.FindAsync(did, ct) is not { } publicKey) return null;
        reserved.Remove(publicKey);
        return await reserved.OpenAsync(did, publicKey, ct);
    }
}
