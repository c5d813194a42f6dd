using MediatR;
using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Api.Xrpc;
using Pds.Application.Sync;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/export</c>: the account's records as a CAR, and its files as a ZIP.</summary>
internal sealed class ExportModel(IMediator mediator, RequestTurns turns) : AccountPage
{
    public Task<IActionResult> OnGetRepoAsync() => DownloadAsync("car", async () => await CarAnswer.WriteAsync(HttpContext, await mediator.Send(new GetRepo(Account.Did), Aborted)));

    public Task<IActionResult> OnGetBlobsAsync() => DownloadAsync("zip", () => BlobArchive.WriteAsync(HttpContext, mediator, Account.Did));

    private async Task<IActionResult> DownloadAsync(string extension, Func<Task> write)
    {
        using var turn = await turns.EnterAsync(Limit.GetRepo.AtOnce!, ClientAddress.Of(HttpContext), Aborted);
        Response.Headers.ContentDisposition = $"attachment; filename=\"{Account.ShownHandle}.{extension}\"";
        await write();
        return new EmptyResult();
    }
}
