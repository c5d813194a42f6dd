using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Accounts.Devices;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Server;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary><c>/sign-up</c>: a new account, signed in at once.</summary>
internal sealed class SignUpModel(ServiceOptions service, IdentityOptions identity, IAccountStore accounts) : FormPage
{
    public SignUpFields Fields { get; private set; } = new(Return: null, service.InviteRequired, identity.HandleDomains);

    public static string UrlFor(string? to) => ReturnTarget.Append("/sign-up", to);

    public void OnGet(string? @return, string? invite) => Fields = Fields with { Return = ReturnTarget.Of(@return), Invite = invite };

    public Task<IActionResult> OnPostAsync(string? @return, string? name, string? domain, string? email, string? password, string? invite)
    {
        Fields = Fields with { Return = ReturnTarget.Of(@return), Name = name, Domain = domain, Email = email, Invite = invite };
        return TryAsync(async () =>
        {
            if (!Handle.TryParse($"{name?.Trim()}{domain}", out var handle)) throw XrpcException.InvalidRequest(Texts.NoHandle);

            var code = string.IsNullOrWhiteSpace(invite) ? null : invite.Trim();
            var created = await SendAsync(new CreateAccount(handle, email?.Trim(), NewPassword.Require(password), code), Limit.CreateAccount);

            Requests.ActAs(await accounts.RequireAsync(created.Did, Aborted));
            Device.Keep(await SendAsync(new StaySignedIn(await Device.VisitAsync(Aborted))));
            return LocalRedirect(ReturnTarget.For(Fields.Return, created.Did));
        });
    }
}
