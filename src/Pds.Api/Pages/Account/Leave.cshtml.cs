using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.Server;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/leave</c>: switching the account off, and deleting it.</summary>
internal sealed class LeaveModel : AccountPage
{
    public Task<IActionResult> OnPostDeactivateAsync(string? proof) => DoAsync(
        async () =>
        {
            await ProveAsync(proof);
            await SendAsync(new DeactivateAccount());
        },
        Texts.AccountIsDeactivated, Links.Overview);

    public Task<IActionResult> OnPostCodeAsync() => DoAsync(() => SendAsync(new RequestAccountDelete(), Limit.RequestAccountDelete), Texts.CodeSent);

    public Task<IActionResult> OnPostDeleteAsync(string? code, string? password, bool sure) => DoAsync(
        async () =>
        {
            if (!sure) throw XrpcException.InvalidRequest(Texts.DeleteNotSure);
            await SendAsync(new DeleteAccount(Account.Did, Secret.Of(password ?? ""), Secret.Of(code ?? "")), Limit.DeleteAccount);
        },
        Texts.AccountIsDeleted, "/account");
}
