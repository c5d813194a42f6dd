using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Updating;

/// <summary>Gives an account another handle: the DID document says so first, then the account does, then the firehose.</summary>
/// <remarks>The same handle again changes nothing but tells the network to look anew: that is what clients send it for.</remarks>
internal sealed class HandleChange(
    HandleRules rules, HostedDidWeb didWeb, IAccountStore accounts, IIdentityResolver identities, PlcUpdates plc, IEventLog events)
{
    /// <param name="did">The account, whose turn it is.</param>
    /// <param name="handle">A handle that the command has claimed (<see cref="Pipeline.IHandleCommand"/>).</param>
    /// <param name="allowReserved">For an administrator, who may hand out what is reserved.</param>
    /// <param name="ct">Ends the wait for the network.</param>
    /// <exception cref="XrpcException">InvalidHandle, HandleNotAvailable, UpstreamFailure; InvalidRequest: there is no such account, or the handle's domain or
    /// the DID document says otherwise.</exception>
    public async Task ApplyAsync(Did did, Handle handle, bool allowReserved, CancellationToken ct)
    {
        var account = await accounts.FindAsync(did, ct) ?? throw XrpcException.InvalidRequest("Account not found");
        await CheckAsync(account, handle, allowReserved, ct);

        await PublishAsync(did, handle, ct);

        await accounts.ChangeAsync(did, stored => stored with { Handle = handle }, CancellationToken.None); // published: no way back
        events.Append(new IdentityEvent(did, handle));
    }

    private async Task CheckAsync(Account account, Handle handle, bool allowReserved, CancellationToken ct)
    {
        await rules.RequireAsync(account.Did, handle, allowReserved, ct);
        await didWeb.RequireNoOthersAsync(handle, account.Did, ct);
        if (await accounts.FindAsync(handle, ct) is { } holder && holder.Did != account.Did)
            throw XrpcException.HandleRefused("HandleNotAvailable", $"Handle already taken: {handle}");
    }

    /// <summary>A did:plc is ours to change, a did:web of our own follows from the account; any other document must name the handle already.</summary>
    private async Task PublishAsync(Did did, Handle handle, CancellationToken ct)
    {
        if (didWeb.IsOwn(did)) return;
        if (did.Method == "plc") await plc.ApplyAsync(did, state => state.WithHandle(handle), ct);

        var document = await identities.RefreshDidAsync(did, CancellationToken.None); // whoever asks from now on sees the new one
        if (did.Method != "plc" && document?.Handle != handle) throw XrpcException.InvalidRequest("DID is not properly configured for handle");
    }
}
