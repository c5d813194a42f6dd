using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Server;

namespace Pds.Api.Pages;

/// <summary><c>/forgotten-password</c>: sends a code by mail. What it answers does not tell whether there is such an account.</summary>
internal sealed class ForgottenPasswordModel : FormPage
{
    /// <summary>What asked for a sign-in before the password was found to be forgotten; null for nothing.</summary>
    public string? Return { get; private set; }

    /// <param name="to">Where to lead the browser when it has signed in; null for the account's own pages.</param>
    public static string UrlFor(string? to) => ReturnTarget.Append("/forgotten-password", to);

    public void OnGet([FromQuery] string? @return) => Return = ReturnTarget.Of(@return);

    public Task<IActionResult> OnPostAsync([FromQuery] string? @return, string? email)
    {
        Return = ReturnTarget.Of(@return);
        return TryAsync(async () =>
        {
            await SendAsync(new RequestPasswordReset(email?.Trim() ?? ""), Limit.RequestPasswordReset);
            Told = Texts.ResetCodeSent;
            return LocalRedirect(ResetPasswordModel.UrlFor(Return));
        });
    }
}
