using Microsoft.AspNetCore.Mvc;
using Pds.Application.Accounts.Devices;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary><c>/sign-out</c>: signs an account out in this browser. Only by a form: a link could be on anybody's page.</summary>
internal sealed class SignOutModel : FormPage
{
    public async Task<IActionResult> OnPostAsync(string? account, string? @return)
    {
        if (Did.TryParse(account, out var did) && await Device.FindAsync(Aborted) is { } device) await SendAsync(new SignOut(device, did));
        Told = Texts.SignedOut;
        return LocalRedirect(ReturnTarget.Of(@return) ?? "/account");
    }
}
