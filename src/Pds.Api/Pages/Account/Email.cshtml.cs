using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Server;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/email</c>: confirming the address, and taking another.</summary>
internal sealed class EmailModel : AccountPage
{
    /// <summary>What was typed.</summary>
    public string? Wanted { get; private set; }

    public Task<IActionResult> OnPostConfirmationAsync() => DoAsync(() => SendAsync(new RequestEmailConfirmation(), Limit.RequestEmailConfirmation), Texts.CodeSent);

    public Task<IActionResult> OnPostConfirmAsync(string? code) =>
        DoAsync(() => SendAsync(new ConfirmEmail(Account.Email ?? "", Secret.Of(code ?? ""))), Texts.EmailIsConfirmed);

    public Task<IActionResult> OnPostCodeAsync() => DoAsync(() => SendAsync(new RequestEmailUpdate(), Limit.RequestEmailUpdate), Texts.CodeSent);

    public Task<IActionResult> OnPostChangeAsync(string? email, string? code, string? proof)
    {
        Wanted = email;
        return DoAsync(
            async () =>
            {
                await ProveAsync(proof);
                await SendAsync(new UpdateEmail(email?.Trim() ?? "", Token: Secret.Of(code ?? "")));
            },
            Texts.EmailIsChanged);
    }
}
