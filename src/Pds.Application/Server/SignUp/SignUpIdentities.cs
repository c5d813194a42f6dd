using Pds.Application.Accounts;

namespace Pds.Application.Server.SignUp;

/// <summary>Gives a sign-up that was let in its identity: a new did:plc, a did:web of this server's own names, or the one that was brought along.</summary>
internal sealed class SignUpIdentities(ICaller caller, NewIdentity plc, NewDidWeb web, BroughtIdentity brought)
{
    public async Task<SignUpIdentity> EstablishAsync(CreateAccount command, CancellationToken ct)
    {
        if (command.Did is not { } did) return await plc.PublishAsync(command.Handle, command.RecoveryKey, ct);
        return did == caller.ServiceIssuer ? await brought.TakeInAsync(did, ct) : web.Create(did, command.Handle);
    }

    /// <summary>The account did not come about.</summary>
    public Task RetractAsync(SignUpIdentity identity) => plc.RetractAsync(identity);
}
