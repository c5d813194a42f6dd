using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Factors;

/// <summary>The codes of an account's authenticator app, and the backup codes for when it is lost. In the account's turn, so that a code is used once.</summary>
internal sealed class AuthenticatorCodes(IFactorStore store, TimeProvider time)
{
    /// <summary>With hyphens and spaces; longer texts are not looked at.</summary>
    private const int MaxCodeLength = 64;

    private const int BackupCodeGroups = 4;
    private const int BackupCodeGroupLength = 4;

    /// <summary>The account's app, once it is set up.</summary>
    public async Task<TotpFactor?> FindAsync(Did did, CancellationToken ct) => await store.FindTotpAsync(did, ct) is { IsOn: true } totp ? totp : null;

    /// <summary>Uses up a code of the app or a backup code; false for one that is neither, or was used already.</summary>
    public async Task<bool> TryTakeAsync(TotpFactor totp, Secret code, CancellationToken ct)
    {
        if (code.Reveal().Length > MaxCodeLength) return false;
        return await TryTakeStepAsync(totp, code, ct) is not null || await store.TakeBackupCodeAsync(totp.Did, BackupCode.HashOf(totp.Did, code), ct);
    }

    /// <summary>Uses up a code of the app, and says what the app is then; null for a wrong one.</summary>
    public async Task<TotpFactor?> TryTakeStepAsync(TotpFactor totp, Secret code, CancellationToken ct)
    {
        var digits = string.Concat(code.Reveal().Where(c => !char.IsWhiteSpace(c))); // apps show them in two groups
        if (digits.Length != Totp.Digits || Totp.FindStep(totp.Secret, digits, time.GetUtcNow(), totp.LastStep) is not { } step) return null;

        var used = totp with { LastStep = step };
        await store.PutTotpAsync(used, ct);
        return used;
    }

    /// <summary>Switches an app on that has shown its first code, with the backup codes for when it is lost.</summary>
    public async Task<IReadOnlyList<Secret>> SwitchOnAsync(TotpFactor shown, CancellationToken ct)
    {
        await store.PutTotpAsync(shown with { ConfirmedAt = time.GetUtcNow() }, ct);
        return await ReplaceBackupCodesAsync(shown.Did, ct);
    }

    /// <summary>Takes an account's app away, set up or being set up, and its backup codes with it; says whether one was set up.</summary>
    public async Task<bool> RemoveAsync(Did did, CancellationToken ct)
    {
        var wasOn = await FindAsync(did, ct) is not null;
        await store.RemoveTotpAsync(did, ct);
        await store.ReplaceBackupCodesAsync(did, [], ct);
        return wasOn;
    }

    /// <summary>New backup codes in the place of every earlier one.</summary>
    public async Task<IReadOnlyList<Secret>> ReplaceBackupCodesAsync(Did did, CancellationToken ct)
    {
        var codes = Enumerable.Range(0, BackupCode.Count).Select(_ => ReadableCode.Create(BackupCodeGroups, BackupCodeGroupLength)).ToList();
        await store.ReplaceBackupCodesAsync(did, [.. codes.Select(code => BackupCode.HashOf(did, code))], ct);
        return codes;
    }
}
