using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Server;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages;

/// <summary><c>/reset-password</c>: another password, by the code that was mailed.</summary>
internal sealed class ResetPasswordModel : FormPage
{
    public string? Code { get; private set; }

    /// <summary>What asked for a sign-in before the password was found to be forgotten; null for nothing.</summary>
    public string? Return { get; private set; }

    /// <param name="to">Where to lead the browser when it has signed in; null for the account's own pages.</param>
    public static string UrlFor(string? to) => ReturnTarget.Append("/reset-password", to);

    public void OnGet([FromQuery] string? @return) => Return = ReturnTarget.Of(@return);

    public Task<IActionResult> OnPostAsync([FromQuery] string? @return, string? code, string? password)
    {
        (Return, Code) = (ReturnTarget.Of(@return), code);
        return TryAsync(async () =>
        {
            await SendAsync(new ResetPassword(Secret.Of(code ?? ""), NewPassword.Require(password)), Limit.ResetPassword);
            Told = Texts.PasswordIsReset;
            return LocalRedirect(SignInModel.UrlFor(Return, identifier: null));
        });
    }
}
