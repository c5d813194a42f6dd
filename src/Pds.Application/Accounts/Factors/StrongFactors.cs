using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Factors;

/// <summary>The second factors that a mailbox does not open: an authenticator app and passkeys, and the backup codes for when they are lost. In the account's turn, so that a code is used once.</summary>
internal sealed class StrongFactors(AuthenticatorCodes authenticator, IPasskeyStore passkeys, IFactorStore store)
{
    /// <summary>With hyphens and spaces; longer texts are not looked at.</summary>
    private const int MaxCodeLength = 64;

    private const int BackupCodeGroups = 4;
    private const int BackupCodeGroupLength = 4;

    /// <summary>Those that an account has.</summary>
    public async Task<FactorKinds> FindAsync(Did did, CancellationToken ct)
    {
        var app = await authenticator.FindAsync(did, ct) is null ? FactorKinds.None : FactorKinds.AuthenticatorApp;
        return (await passkeys.ListAsync(did, ct)).Count == 0 ? app : app | FactorKinds.Passkey;
    }

    /// <summary>Uses up a code of the account's app or a backup code; false for one that is neither, or was used already.</summary>
    public async Task<bool> TryTakeAsync(Did did, Secret code, CancellationToken ct)
    {
        if (code.Reveal().Length > MaxCodeLength) return false;
        return (await authenticator.FindAsync(did, ct) is { } totp && await authenticator.TryTakeAsync(totp, code, ct) is not null)
            || await store.TakeBackupCodeAsync(did, BackupCode.HashOf(did, code), ct);
    }

    /// <summary>New backup codes in the place of every earlier one.</summary>
    public async Task<IReadOnlyList<Secret>> ReplaceBackupCodesAsync(Did did, CancellationToken ct)
    {
        var codes = Enumerable.Range(0, BackupCode.Count).Select(_ => ReadableCode.Create(BackupCodeGroups, BackupCodeGroupLength)).ToList();
        await store.ReplaceBackupCodesAsync(did, [.. codes.Select(code => BackupCode.HashOf(did, code))], ct);
        return codes;
    }

    /// <summary>Takes the account's app away, set up or being set up, and says whether one was set up. Backup codes go with the last factor that they stand in for.</summary>
    public async Task<bool> RemoveAuthenticatorAsync(Did did, CancellationToken ct)
    {
        var wasOn = await authenticator.FindAsync(did, ct) is not null;
        await store.RemoveTotpAsync(did, ct);
        if ((await passkeys.ListAsync(did, ct)).Count == 0) await store.ReplaceBackupCodesAsync(did, [], ct);
        return wasOn;
    }

    /// <summary>Takes a passkey away; null where there is no such one of that account.</summary>
    /// <inheritdoc cref="RemoveAuthenticatorAsync"/>
    public async Task<Passkey?> RemovePasskeyAsync(Did did, ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        var all = await passkeys.ListAsync(did, ct);
        if (all.FirstOrDefault(passkey => passkey.Id.Span.SequenceEqual(id.Span)) is not { } removed) return null;

        await passkeys.RemoveAsync(did, removed.Id, ct);
        if (all.Count == 1 && await authenticator.FindAsync(did, ct) is null) await store.ReplaceBackupCodesAsync(did, [], ct);
        return removed;
    }

    /// <summary>Takes everything away, and says what there was.</summary>
    public async Task<(bool Authenticator, int Passkeys)> RemoveAllAsync(Did did, CancellationToken ct)
    {
        var all = await passkeys.ListAsync(did, ct);
        foreach (var passkey in all) await passkeys.RemoveAsync(did, passkey.Id, ct);
        var wasOn = await RemoveAuthenticatorAsync(did, ct);
        await store.ReplaceBackupCodesAsync(did, [], ct);
        return (wasOn, all.Count);
    }
}
