using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
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
    /// <summary>Refuses an identity that no directory keeps.</summary>
    /// <exception cref="XrpcException">InvalidRequest.</exception>
    public static void RequirePlc(Did did)
    {
        if (did.Method != "plc") throw XrpcException.InvalidRequest($"Signed operations change a did:plc: the document of a did:{did.Method} is changed where it is kept");
    }

    /// <summary>Publishes what <paramref name="change"/> makes of the identity as it is now; nothing where that makes no difference.</summary>
    /// <exception cref="XrpcException">UpstreamFailure: the directory cannot be asked. InvalidRequest: it knows no such identity, or refuses the change;
    /// or the server's key may not change it.</exception>
    public async Task ApplyAsync(Did did, Func<PlcState, PlcState> change, CancellationToken ct)
    {
        var (last, state) = await ReadAsync(did, ct);
        var changed = change(state);
        if (changed.Equals(state)) return;

        await SubmitAsync(did, PlcRegularOperation.Sign(changed, last, KeyFor(state)));
    }

    /// <summary>Signs other fields in the place of those that the identity has now, and publishes nothing.</summary>
    /// <exception cref="XrpcException">As for <see cref="ApplyAsync"/>; InvalidRequest: no directory would take it.</exception>
    public async Task<PlcOperation> SignAsync(Did did, LexObject changes, CancellationToken ct)
    {
        var (last, state) = await ReadAsync(did, ct);
        try
        {
            var operation = PlcRegularOperation.Sign(state, changes, last, KeyFor(state));
            PlcConstraints.Ensure(operation);
            return operation;
        }
        catch (PlcException invalid)
        {
            throw XrpcException.InvalidRequest(invalid.Message, invalid);
        }
    }

    /// <summary>Publishes an operation, whoever signed it; one that is the identity's last already is not refused.</summary>
    /// <exception cref="XrpcException">UpstreamFailure: the directory cannot be asked. InvalidRequest: it refuses the operation.</exception>
    public async Task SubmitAsync(Did did, PlcOperation operation)
    {
        try
        {
            await directory.SubmitAsync(did, operation, CancellationToken.None); // a caller who hangs up would leave it half done
        }
        catch (PlcException refusal)
        {
            if ((await directory.FindLogAsync(did, CancellationToken.None))?.Last?.Cid == operation.Cid) return; // its answer was lost the time before
            throw XrpcException.InvalidRequest($"The PLC directory refuses the change: {refusal.Message}", refusal);
        }
    }

    private async Task<(Cid Last, PlcState State)> ReadAsync(Did did, CancellationToken ct)
    {
        var last = (await directory.FindLogAsync(did, ct))?.Last ?? throw XrpcException.InvalidRequest($"The PLC directory does not know {did}");
        return (last.Cid, last.State ?? throw XrpcException.InvalidRequest("Did is tombstoned"));
    }

    private ISigningKey KeyFor(PlcState state)
    {
        var key = keys.Import(options.PlcRotationKey);
        return state.RotationKeys.Contains(key.PublicKey)
            ? key
            : throw XrpcException.InvalidRequest("This server's key is not among the rotation keys of the identity: only its owner can change it");
    }
}
