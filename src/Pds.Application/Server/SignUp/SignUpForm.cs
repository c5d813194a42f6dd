using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Identity;

namespace Pds.Application.Server.SignUp;

/// <summary>What a sign-up must bring: every check that needs only what was sent.</summary>
internal sealed class SignUpForm(ICaller caller, ServiceOptions service, HandlePolicy handles)
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
        if (command.Did is { } did && did != caller.ServiceIssuer) throw XrpcException.AuthenticationRequired($"Missing auth to create account with did: {did}");
        if (command.Did is not null) throw XrpcException.InvalidRequest("This server does not take in identities of other servers");

        if (handles.CheckSignUp(command.Handle) is { } refusal)
            throw XrpcException.HandleRefused(refusal.Name, refusal.Message);
    }
}
