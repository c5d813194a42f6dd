using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Factors;

/// <summary>The codes of an account's authenticator app. In the account's turn, so that a code is used once.</summary>
internal sealed class AuthenticatorCodes(IFactorStore store, TimeProvider time)
{
    /// <summary>The account's app, once it is set up.</summary>
    public async Task<TotpFactor?> FindAsync(Did did, CancellationToken ct) => await store.FindTotpAsync(did, ct) is { IsOn: true } totp ? totp : null;

    /// <summary>An app that is being set up.</summary>
    public async Task<TotpFactor?> FindBegunAsync(Did did, CancellationToken ct) => await store.FindTotpAsync(did, ct) is { IsOn: false } totp ? totp : null;

    /// <summary>Uses up a code of the app, and says what the app is then; null for a wrong one.</summary>
    public async Task<TotpFactor?> TryTakeAsync(TotpFactor totp, Secret code, CancellationToken ct)
    {
        var digits = string.Concat(code.Reveal().Where(c => !char.IsWhiteSpace(c))); // apps show them in two groups
        if (digits.Length != Totp.Digits || Totp.FindStep(totp.Secret, digits, time.GetUtcNow(), totp.LastStep) is not { } step) return null;

        var used = totp with { LastStep = step };
        await store.PutTotpAsync(used, ct);
        return used;
    }

    /// <summary>Switches an app on that has shown its first code.</summary>
    public Task SwitchOnAsync(TotpFactor shown, CancellationToken ct) => store.PutTotpAsync(shown with { ConfirmedAt = time.GetUtcNow() }, ct);
}
