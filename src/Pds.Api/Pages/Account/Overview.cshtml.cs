using Microsoft.AspNetCore.Mvc;
using Pds.Application.Accounts.Factors;
using Pds.Application.Server;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}</c>: how the account stands, and the way to everything else.</summary>
internal sealed class OverviewModel : AccountPage
{
    public ListFactors.Output Factors { get; private set; } = new(Email: false, TotpSince: null, [], BackupCodesLeft: 0);

    public Task<IActionResult> OnPostActivateAsync() => DoAsync(() => SendAsync(new ActivateAccount()), Texts.IsActivated);

    /// <summary>What signing in takes beside the password, in words.</summary>
    public string FactorNames =>
        string.Join(", ", new[]
        {
            Factors.Passkeys.Count > 0 ? Texts.Passkeys : null,
            Factors.TotpSince is not null ? Texts.FactorApp : null,
            Factors is { Email: true, TotpSince: null, Passkeys.Count: 0 } ? Texts.FactorMail : null,
        }.OfType<string>().DefaultIfEmpty(Texts.FactorNone));

    protected override async Task LoadAsync() => Factors = await SendAsync(new ListFactors());
}
