using System.Net.Mail;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Who may sign up, under which name: every check that needs no key and no directory.</summary>
internal sealed class SignUpRules(ServiceOptions service, HandlePolicy handles, IAccountStore accounts, IInviteStore invites, TimeProvider time)
{
    /// <summary>The checks that need only what was sent.</summary>
    /// <param name="command">What was sent.</param>
    /// <param name="issuer">Who signed the service token that was sent with it, if one was.</param>
    /// <exception cref="XrpcException">InvalidInviteCode, InvalidHandle, HandleNotAvailable, UnsupportedDomain, InvalidRequest, AuthenticationRequired.</exception>
    public void CheckForm(CreateAccount command, Did? issuer)
    {
        if (command.PlcOp is not null) throw XrpcException.InvalidRequest("Unsupported input: \"plcOp\"");
        if (service.InviteRequired && string.IsNullOrEmpty(command.InviteCode)) throw XrpcException.InvalidInviteCode("No invite code provided");
        if (string.IsNullOrEmpty(command.Email)) throw XrpcException.InvalidRequest("Email is required");
        if (!IsAddress(command.Email)) throw XrpcException.InvalidRequest("This email address is not supported, please use a different email.");
        if (command.Password?.Reveal().Length > CreateAccount.MaxPasswordLength)
            throw XrpcException.InvalidRequest($"Password too long. Maximum length is {CreateAccount.MaxPasswordLength} characters.");
        if (command.Did is { } did && did != issuer) throw XrpcException.AuthenticationRequired($"Missing auth to create account with did: {did}");
        if (command.Did is not null) throw XrpcException.InvalidRequest("This server does not take in identities of other servers");

        if (handles.CheckSignUp(command.Handle) is { } refusal)
            throw XrpcException.HandleRefused(refusal.Name, refusal.Message);
    }

    /// <summary>The checks that need to know who is here already.</summary>
    public async Task CheckAvailabilityAsync(CreateAccount command, CancellationToken ct)
    {
        if (await accounts.FindAsync(command.Handle, ct) is not null)
            throw XrpcException.InvalidRequest($"Handle already taken: {command.Handle}");
        if (await accounts.FindByEmailAsync(command.Email!, ct) is not null)
            throw XrpcException.InvalidRequest($"Email already taken: {command.Email}");
        if (command.InviteCode is { Length: > 0 } code) await CheckInviteAsync(code, ct);
    }

    /// <summary>Writes down that the code was used; saved with the account, so a failed sign-up uses none up.</summary>
    public void RecordInvite(CreateAccount command, Did did)
    {
        if (command.InviteCode is { Length: > 0 } code) invites.AddUse(code, new InviteCodeUse(did, time.GetUtcNow()));
    }

    private async Task CheckInviteAsync(string code, CancellationToken ct)
    {
        var invite = await invites.FindAsync(code, ct);
        var isUsable = invite is { Disabled: false }
            && await invites.CountUsesAsync(code, ct) < invite.AvailableUses
            && await IsInGoodStandingAsync(invite.ForAccount, ct);
        if (!isUsable) throw XrpcException.InvalidInviteCode("Provided invite code not available");
    }

    private async Task<bool> IsInGoodStandingAsync(string forAccount, CancellationToken ct) =>
        !Did.TryParse(forAccount, out var did) || await accounts.FindAsync(did, ct) is { TakedownRef: null };

    /// <summary>One address and nothing else, with a domain that has a dot in it.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
