using Microsoft.AspNetCore.Mvc;
using Pds.Application.Server;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/app-passwords</c>: passwords for one app each, which can be taken back.</summary>
internal sealed class AppPasswordsModel(TimeProvider time) : AccountPage
{
    public IReadOnlyList<ListAppPasswords.Item> List { get; private set; } = [];

    /// <summary>The one that was just made, shown this once; null for none.</summary>
    public CreateAppPassword.Output? Made { get; private set; }

    /// <summary>What was typed.</summary>
    public string? Name { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public Task<IActionResult> OnPostCreateAsync(string? name, bool privileged, string? proof)
    {
        Name = name;
        return TryAsync(async () =>
        {
            await ProveAsync(proof);
            Made = await SendAsync(new CreateAppPassword(name?.Trim() ?? "", privileged));
            Name = null;
            return await ShowAsync();
        });
    }

    public Task<IActionResult> OnPostRevokeAsync(string? name) => DoAsync(() => SendAsync(new RevokeAppPassword(name ?? "")), Texts.AppPasswordRevoked);

    protected override async Task LoadAsync() => List = (await SendAsync(new ListAppPasswords())).Passwords;
}
