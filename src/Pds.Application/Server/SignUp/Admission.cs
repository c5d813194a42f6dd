using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Who may sign up, under which name and by whose invitation.</summary>
internal sealed class Admission(SignUpForm form, SignUpNames names, IRepoGate gate, IAccountStore accounts, IInviteStore invites, TimeProvider time)
{
    /// <summary>Lets somebody in who brought what they must, and keeps the identity, the handle, the address and the code from others until it is disposed: nothing is published in vain.</summary>
    /// <exception cref="XrpcException">InvalidInviteCode, InvalidHandle, HandleNotAvailable, UnsupportedDomain, AlreadyExists, InvalidRequest, AuthenticationRequired.</exception>
    public async Task<IDisposable> EnterAsync(CreateAccount command, CancellationToken ct)
    {
        form.Check(command);
        await names.ConfirmAsync(command, ct); // which may ask the network, so nobody's turn is held meanwhile

        var turns = await gate.EnterAllAsync(ClaimsOf(command), ct);
        try
        {
            await CheckAvailabilityAsync(command, ct);
            return turns;
        }
        catch
        {
            turns.Dispose();
            throw;
        }
    }

    /// <summary>Writes down that the code was used; saved with the account, so a failed sign-up uses none up.</summary>
    public void RecordInvite(CreateAccount command, Did did)
    {
        if (command.InviteCode is { Length: > 0 } code) invites.AddUse(code, new InviteCodeUse(did, time.GetUtcNow()));
    }

    /// <summary>Always in this order, which is everybody's, so that no two wait for each other.</summary>
    private static IEnumerable<string> ClaimsOf(CreateAccount command)
    {
        if (command.Did is { } did) yield return IRepoGate.ClaimOn(did);
        yield return IRepoGate.ClaimOn(command.Handle);
        yield return EmailAddresses.ClaimOn(command.Email!);
        if (command.InviteCode is { Length: > 0 } code) yield return $"invite:{code}";
    }

    private async Task CheckAvailabilityAsync(CreateAccount command, CancellationToken ct)
    {
        if (command.Did is { } did && await accounts.FindAsync(did, ct) is not null) throw XrpcException.AlreadyExists();
        await names.RequireFreeAsync(command, ct);
        if (await accounts.FindByEmailAsync(command.Email!, ct) is not null)
            throw XrpcException.InvalidRequest($"Email already taken: {command.Email}");
        if (command.InviteCode is { Length: > 0 } code && !await invites.IsUsableAsync(code, ct))
            throw XrpcException.InvalidInviteCode();
    }
}
