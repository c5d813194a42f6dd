using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Passkeys;

/// <summary>The ceremonies by ASP.NET Core Identity's handler; of the rest of Identity nothing is used.</summary>
internal sealed class IdentityPasskeyCeremonies : IPasskeyCeremonies
{
    private const string Adding = "adding";
    private const string Using = "using";

    private readonly PasskeyHandler<PasskeyOwner> _handler;
    private readonly PasskeyTickets _tickets;
    private readonly TimeProvider _time;

    public IdentityPasskeyCeremonies(IPasskeyStore passkeys, PasskeyTickets tickets, ServiceOptions service, TimeProvider time)
    {
        var owners = new UserManager<PasskeyOwner>(
            new PasskeyOwners(passkeys), null!, null!, [], [], null!, null!, null!, NullLogger<UserManager<PasskeyOwner>>.Instance);
        (_handler, _tickets, _time) = (new PasskeyHandler<PasskeyOwner>(owners, Options.Create(OptionsFor(service))), tickets, time);
    }

    public async Task<PasskeyCeremony> BeginAddingAsync(Account account)
    {
        var owner = new PasskeyUserEntity { Id = Passkey.OwnerIdOf(account.Did), Name = account.ShownHandle.Value, DisplayName = account.ShownHandle.Value };
        var made = await _handler.MakeCreationOptionsAsync(owner, NoContext());
        return new PasskeyCeremony(made.CreationOptionsJson, _tickets.Write(Adding, made.AttestationState!));
    }

    public async Task<Passkey> FinishAddingAsync(Account account, PasskeyAnswer answer, string name)
    {
        var state = _tickets.Take(Adding, answer.Ticket);
        var result = await _handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = NoContext(), CredentialJson = answer.Credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != Passkey.OwnerIdOf(account.Did))
            throw XrpcException.InvalidRequest("The passkey was not accepted", result.Failure);

        var made = result.Passkey;
        return new Passkey(
            account.Did, made.CredentialId, made.PublicKey, name, made.Transports ?? [], made.IsBackupEligible, made.IsBackedUp, made.SignCount, _time.GetUtcNow());
    }

    public async Task<PasskeyCeremony> BeginUsingAsync(Did? did)
    {
        var made = await _handler.MakeRequestOptionsAsync(did is null ? null : new PasskeyOwner(did), NoContext());
        return new PasskeyCeremony(made.RequestOptionsJson, _tickets.Write(Using, made.AssertionState!));
    }

    public async Task<Passkey> FinishUsingAsync(PasskeyAnswer answer)
    {
        var state = _tickets.Take(Using, answer.Ticket);
        var result = await _handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = NoContext(), CredentialJson = answer.Credential, AssertionState = state });
        if (!result.Succeeded) throw XrpcException.AuthenticationRequired("The passkey was not accepted", result.Failure);

        var used = result.Passkey;
        return new Passkey(
            result.User.Did, used.CredentialId, used.PublicKey, used.Name ?? "", used.Transports ?? [], used.IsBackupEligible, used.IsBackedUp, used.SignCount, used.CreatedAt);
    }

    /// <summary>Passkeys belong to the server's host: under another name there are none.</summary>
    private static IdentityPasskeyOptions OptionsFor(ServiceOptions service)
    {
        var url = new Uri(service.PublicUrl);
        return new IdentityPasskeyOptions
        {
            ServerDomain = url.Host,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == url.GetLeftPart(UriPartial.Authority)),
        };
    }

    /// <summary>The handler would look at the request for what the options say.</summary>
    private static DefaultHttpContext NoContext() => new();
}
