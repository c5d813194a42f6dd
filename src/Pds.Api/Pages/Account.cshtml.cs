using Microsoft.AspNetCore.Mvc;
using Pds.Application.Accounts.Devices;

namespace Pds.Api.Pages;

/// <summary><c>/account</c>: the accounts of this browser. Whoever has none is asked to sign in.</summary>
internal sealed class AccountChooserModel : FormPage
{
    public AccountChoices Choices { get; private set; } = new(Return: null, []);

    public async Task<IActionResult> OnGetAsync()
    {
        var items = await Device.FindAsync(Aborted) is { } device ? await SendAsync(new ListSignIns(device)) : [];
        Choices = new AccountChoices(Return: null, items);
        if (items.Count > 0) return Page();

        TempData.Keep(nameof(Told)); // the next page says it
        return LocalRedirect(SignInModel.UrlFor(to: null, identifier: null));
    }
}
