using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Updating;

/// <summary>Changes the did:plc identities of this server's accounts: an operation on top of the directory's log, signed by the server's rotation key.</summary>
/// <remarks>
/// The directory comes first and the database after it, as no transaction spans both. What is there already is not done again, so a command that was
/// cut off between the two is finished by sending it again. Use it in the account's turn, and do not give up after it.
/// </remarks>
internal sealed class PlcUpdates(IPlcDirectory directory, IKeyFactory keys, IdentityOptions options)
{
    /// <summary>Publishes what <paramref name="change"/> makes of the identity as it is now; nothing where that makes no difference.</summary>
    /// <exception cref="XrpcException">UpstreamFailure: the directory cannot be asked. InvalidRequest: it knows no such identity, or refuses the change;
    /// or the server's key may not change it.</exception>
    public async Task ApplyAsync(Did did, Func<PlcState, PlcState> change, CancellationToken ct)
    {
        var last = (await directory.FindLogAsync(did, ct))?.Last ?? throw XrpcException.InvalidRequest($"The PLC directory does not know {did}");
        var state = last.State ?? throw XrpcException.InvalidRequest("Did is tombstoned");

        var changed = change(state);
        if (changed.Equals(state)) return;

        var key = keys.Import(options.PlcRotationKey);
        if (!state.RotationKeys.Contains(key.PublicKey))
            throw XrpcException.InvalidRequest("This server's key is not among the rotation keys of the identity: only its owner can change it");
        await SubmitAsync(did, PlcRegularOperation.Sign(changed, last.Cid, key));
    }

    private async Task SubmitAsync(Did did, PlcOperation operation)
    {
        try
        {
            await directory.SubmitAsync(did, operation, CancellationToken.None); // a caller who hangs up would leave it half done
        }
        catch (PlcException refusal)
        {
            throw XrpcException.InvalidRequest($"The PLC directory refuses the change: {refusal.Message}", refusal);
        }
    }
}
