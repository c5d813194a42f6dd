using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Server;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages;

/// <summary><c>/reset-password</c>: another password, by the code that was mailed.</summary>
internal sealed class ResetPasswordModel : FormPage
{
    public string? Code { get; private set; }

    public Task<IActionResult> OnPostAsync(string? code, string? password)
    {
        Code = code;
        return TryAsync(async () =>
        {
            await SendAsync(new ResetPassword(Secret.Of(code ?? ""), NewPassword.Require(password)), Limit.ResetPassword);
            Told = Texts.PasswordIsReset;
            return LocalRedirect(SignInModel.UrlFor(to: null, identifier: null));
        });
    }
}
