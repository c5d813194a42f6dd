using Microsoft.Extensions.Logging;
using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Makes up a new did:plc and publishes it.</summary>
internal sealed partial class NewIdentity(
    IKeyFactory keys, IPlcDirectory directory, HostedIdentity hosted, IdentityOptions options, ILogger<NewIdentity> log)
{
    /// <summary>Publishes an identity with a fresh signing key, the handle, and this server as its PDS.</summary>
    /// <param name="recoveryKey">The user's own key; it goes above every key of the server's, so that the user has the last word.</param>
    public async Task<SignUpIdentity> PublishAsync(Handle handle, DidKey? recoveryKey, CancellationToken ct)
    {
        var signingKey = keys.Generate(Curve.K256);
        var state = hosted.Describe(keys.Import(signingKey).PublicKey, handle, recoveryKey);
        var genesis = PlcGenesis.Create(state, keys.Import(options.PlcRotationKey));
        await directory.SubmitAsync(genesis.Did, genesis.Operation, ct);
        return new SignUpIdentity(genesis.Did, signingKey, new PlcData(genesis.Did, state).ToDocument(), IdentityOrigin.MadeHere, genesis.Operation);
    }

    /// <summary>Ends an identity that was published here and whose account did not come about; any other is left alone. A failure is logged: the sign-up has failed already.</summary>
    public async Task RetractAsync(SignUpIdentity identity)
    {
        if (identity.Genesis is not { } genesis) return;
        try
        {
            var tombstone = PlcTombstone.Sign(genesis.Cid, keys.Import(options.PlcRotationKey));
            await directory.SubmitAsync(identity.Did, tombstone, CancellationToken.None);
        }
        catch (PlcException failure)
        {
            LogRetractFailed(identity.Did, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "Could not retract {Did}, whose account was not created")]
    private partial void LogRetractFailed(Did did, Exception failure);
}
