using System.Net.Mail;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Identity;

namespace Pds.Application.Server.SignUp;

/// <summary>What a sign-up must bring: every check that needs only what was sent.</summary>
internal sealed class SignUpForm(ServiceOptions service, HandlePolicy handles)
{
    /// <exception cref="XrpcException">InvalidInviteCode, InvalidHandle, HandleNotAvailable, UnsupportedDomain, InvalidRequest.</exception>
    public void Check(CreateAccount command)
    {
        if (command.PlcOp is not null) throw XrpcException.InvalidRequest("Unsupported input: \"plcOp\"");
        if (service.InviteRequired && string.IsNullOrEmpty(command.InviteCode)) throw XrpcException.InvalidInviteCode("No invite code provided");
        if (string.IsNullOrEmpty(command.Email)) throw XrpcException.InvalidRequest("Email is required");
        if (!IsAddress(command.Email)) throw XrpcException.InvalidRequest("This email address is not supported, please use a different email.");
        if (command.Password?.Reveal().Length > CreateAccount.MaxPasswordLength)
            throw XrpcException.InvalidRequest($"Password too long. Maximum length is {CreateAccount.MaxPasswordLength} characters.");
        if (command.Did is { } did) throw XrpcException.AuthenticationRequired($"Missing auth to create account with did: {did}");

        if (handles.CheckSignUp(command.Handle) is { } refusal)
            throw XrpcException.HandleRefused(refusal.Name, refusal.Message);
    }

    /// <summary>One address and nothing else, with a domain that has a dot in it.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
