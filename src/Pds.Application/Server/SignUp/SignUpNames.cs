using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;

namespace Pds.Application.Server.SignUp;

/// <summary>The handle and the DID that somebody signs up with: whether they are theirs to use, and whether nobody has them.</summary>
internal sealed class SignUpNames(ICaller caller, HandleRules rules, HostedDidWeb didWeb, IAccountStore accounts, IIdentityResolver identities)
{
    /// <summary>Asks the network what only it knows.</summary>
    /// <exception cref="XrpcException">InvalidHandle, HandleNotAvailable; InvalidRequest: the handle's domain says that it is another's.</exception>
    public async Task ConfirmAsync(CreateAccount command, CancellationToken ct)
    {
        if (command.Did is not { } did) return; // a handle of this server's, of which only this server knows

        await rules.RequireAsync(did, command.Handle, allowReserved: false, ct);
        if (did != caller.ServiceIssuer && await identities.RefreshDidAsync(did, ct) is not null) throw XrpcException.AlreadyExists(); // of another host's
    }

    /// <summary>In the turns of both.</summary>
    /// <exception cref="XrpcException">HandleNotAvailable; InvalidRequest: the handle is taken, or the DID is another host's.</exception>
    public async Task RequireFreeAsync(CreateAccount command, CancellationToken ct)
    {
        if (await accounts.FindAsync(command.Handle, ct) is not null) throw XrpcException.InvalidRequest($"Handle already taken: {command.Handle}");
        await didWeb.RequireNoOthersAsync(command.Handle, command.Did, ct);
        if (command.Did is not { } did) return;
        if (did == caller.ServiceIssuer) await didWeb.RequireNoOtherHostsAsync(did, ct);
        else await didWeb.RequireNewAsync(did, ct);
    }
}
