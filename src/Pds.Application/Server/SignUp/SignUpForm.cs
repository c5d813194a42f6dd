using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>What a sign-up must bring: every check that needs only what was sent.</summary>
internal sealed class SignUpForm(ICaller caller, ServiceOptions service, AppViewOptions appView, ModerationOptions moderation, HandlePolicy handles)
{
    /// <exception cref="XrpcException">InvalidInviteCode, InvalidHandle, HandleNotAvailable, UnsupportedDomain, InvalidRequest, AuthenticationRequired.</exception>
    public void Check(CreateAccount command)
    {
        if (command.PlcOp is not null) throw XrpcException.InvalidRequest("Unsupported input: \"plcOp\"");
        if (service.InviteRequired && string.IsNullOrEmpty(command.InviteCode)) throw XrpcException.InvalidInviteCode("No invite code provided");
        if (string.IsNullOrEmpty(command.Email)) throw XrpcException.InvalidRequest("Email is required");
        EmailAddresses.Require(command.Email);
        if (command.Password?.Reveal().Length > Passwords.MaxLength)
            throw XrpcException.InvalidRequest($"Password too long. Maximum length is {Passwords.MaxLength} characters.");
        if (command.Password is { } password) Passwords.RequireGood(password);
        if (command.Did is { } did && did != caller.ServiceIssuer) RequireOwnName(did, command);

        if ((command.Did is null ? handles.CheckSignUp(command.Handle) : handles.Check(command.Handle)) is { } refusal)
            throw XrpcException.HandleRefused(refusal.Name, refusal.Message);
    }

    /// <summary>Without a token of its own, a DID is anybody's only where this server is the authority for it: a did:web of the very name that is asked for.</summary>
    private void RequireOwnName(Did did, CreateAccount command)
    {
        if (handles.NameOf(did) is not { } name || IsSpokenFor(did)) throw XrpcException.AuthenticationRequired($"Missing auth to create account with did: {did}");
        if (name != command.Handle) throw XrpcException.InvalidRequest($"The account of {did} begins with the handle {name}");
        if (command.RecoveryKey is not null) throw XrpcException.InvalidRequest("A did:web has no recovery key");
    }

    /// <summary>Services that the operator has named may have their hosts beside the accounts' names.</summary>
    private bool IsSpokenFor(Did did) => did == service.Did || did == appView.Did || did == moderation.Did || did == moderation.ReportDid;
}
