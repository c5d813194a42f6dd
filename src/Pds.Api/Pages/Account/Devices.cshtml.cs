using Microsoft.AspNetCore.Mvc;
using Pds.Application.Accounts.Devices;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/devices</c>: browsers and apps that are signed in, and signing them out.</summary>
internal sealed class DevicesModel(TimeProvider time) : AccountPage
{
    public ListDevices.Output List { get; private set; } = new([], []);

    public DeviceId? ThisDevice { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public Task<IActionResult> OnPostBrowserAsync(string? device) => DoAsync(
        () => DeviceId.TryParse(device, out var id) ? SendAsync(new SignOut(id, Account.Did)) : Task.CompletedTask, Texts.SignedOut);

    public Task<IActionResult> OnPostAppAsync(string? session) => DoAsync(() => SendAsync(new EndAppSession(session ?? "")), Texts.AppSignedOut);

    public Task<IActionResult> OnPostEverywhereAsync(string? proof) => DoAsync(
        async () => Device.Keep(await SendAsync(new EndOtherSessions(Secret.Of(proof ?? ""), await Device.VisitAsync(Aborted)))), Texts.SignedOutEverywhere);

    protected override async Task LoadAsync()
    {
        List = await SendAsync(new ListDevices());
        ThisDevice = await Device.FindAsync(Aborted);
    }
}
