using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Server;

namespace Pds.Api.Pages;

/// <summary><c>/forgotten-password</c>: sends a code by mail. What it answers does not tell whether there is such an account.</summary>
internal sealed class ForgottenPasswordModel : FormPage
{
    public Task<IActionResult> OnPostAsync(string? email) => TryAsync(async () =>
    {
        await SendAsync(new RequestPasswordReset(email?.Trim() ?? ""), Limit.RequestPasswordReset);
        Told = Texts.ResetCodeSent;
        return LocalRedirect("/reset-password");
    });
}
