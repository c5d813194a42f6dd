using Microsoft.AspNetCore.Mvc;
using Pds.Application.Accounts.Devices;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/password</c>: another password, which ends every other session.</summary>
internal sealed class PasswordModel : AccountPage
{
    public Task<IActionResult> OnPostAsync(string? proof, string? password) => DoAsync(
        async () => Device.Keep(await SendAsync(new ChangePassword(Secret.Of(proof ?? ""), NewPassword.Require(password), await Device.VisitAsync(Aborted)))),
        Texts.PasswordIsChanged);
}
