using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Checks who somebody says they are against a password: the account's own, or one of its app passwords.</summary>
/// <remarks>
/// Every check costs exactly one slow hash, whether the account is unknown, the password wrong, the account's own or an app password, and every
/// refusal takes <see cref="RefusalTime"/> at least: what it took tells nothing. (Two where an account has app passwords of an official server's that
/// were not used since, and the password looks like one: still far below that time.)
/// </remarks>
internal sealed class Credentials(IAccountStore accounts, IAppPasswordStore appPasswords, IPasswordHasher passwords, IOfficialHasher official, TimeProvider time)
{
    /// <summary>Longer ones are refused before they are hashed; passwords set here are at most half as long.</summary>
    public const int MaxPasswordLength = 512;

    private static readonly TimeSpan RefusalTime = TimeSpan.FromMilliseconds(350);

    /// <exception cref="XrpcException">AuthenticationRequired: it is longer than any password may be, so it is not hashed.</exception>
    public static void RefuseTooLong(Secret password)
    {
        if (password.Reveal().Length > MaxPasswordLength)
            throw XrpcException.AuthenticationRequired("Password too long. Consider resetting your password.");
    }

    /// <summary>Finds the account of a handle, a DID or an e-mail address, if that is its password.</summary>
    /// <remarks>Outside of the account's turn: a flood of guesses does not hold up its writes. So ask <see cref="FindUnchangedAsync"/> in the turn.</remarks>
    /// <exception cref="XrpcException">AuthenticationRequired, always the same.</exception>
    public async Task<RightPassword> CheckAsync(string identifier, Secret password, CancellationToken ct)
    {
        RefuseTooLong(password);
        var started = time.GetTimestamp();
        var account = await FindAccountAsync(identifier, ct);
        var stored = account is null ? null : await accounts.FindPasswordHashAsync(account.Did, ct);
        var check = await passwords.VerifyAsync(stored, password, ct);
        if (account is not null && check != PasswordCheck.Wrong) return new RightPassword(account.Did, stored, check == PasswordCheck.RightButWeak ? password : null, AppPassword: null);
        if (account is not null && await FindAppPasswordAsync(account, password, ct) is { } appPassword)
            return new RightPassword(account.Did, null, appPassword.IsOfficial ? password : null, appPassword);

        await time.WaitAsync(started, RefusalTime, ct);
        throw Refusal();
    }

    /// <summary>A password that was right before, if the account has it still.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired.</exception>
    public async Task<RightPassword> RecallAsync(PasswordMark mark, CancellationToken ct) =>
        await accounts.FindPasswordHashAsync(mark.Did, ct) is { } hash && mark.IsOf(hash) ? new RightPassword(mark.Did, hash, Weak: null, AppPassword: null) : throw Refusal();

    /// <summary>The account as it is in its turn, if what was right when it was checked still is.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired: the password was changed or revoked meanwhile, or the account has gone.</exception>
    public async Task<Account> FindUnchangedAsync(RightPassword right, CancellationToken ct)
    {
        var account = await accounts.FindAsync(right.Did, ct) ?? throw Refusal();
        var isUnchanged = right.AppPassword is { } appPassword
            ? account.Status != AccountStatus.Takendown && appPasswords.Find(account.Did, appPassword.Id) is not null
            : await accounts.FindPasswordHashAsync(account.Did, ct) == right.Hash;
        return isUnchanged ? account : throw Refusal();
    }

    /// <summary>Hashes a password again that was hashed with less work than today's, or in an official server's way. In the account's turn.</summary>
    public async Task StrengthenAsync(RightPassword right, CancellationToken ct)
    {
        if (right.Weak is not { } password) return;
        if (right.AppPassword is { } appPassword) await appPasswords.SetHashAsync(appPassword, AppPassword.HashOf(right.Did, password), ct);
        else await accounts.SetPasswordHashAsync(right.Did, await passwords.HashAsync(password, ct), ct);
    }

    private async Task<Account?> FindAccountAsync(string identifier, CancellationToken ct) =>
        identifier.Contains('@', StringComparison.Ordinal) ? await accounts.FindByEmailAsync(identifier, ct)
        : AtIdentifier.TryParse(identifier, out var handleOrDid) ? await accounts.FindAsync(handleOrDid, ct)
        : null;

    /// <summary>App passwords do not open an account that is taken down, not even to leave.</summary>
    private async Task<AppPassword?> FindAppPasswordAsync(Account account, Secret password, CancellationToken ct)
    {
        if (account.Status == AccountStatus.Takendown) return null;
        return appPasswords.Find(account.Did, AppPassword.HashOf(account.Did, password)) ?? await FindOfficialAsync(account.Did, password, ct);
    }

    private async Task<AppPassword?> FindOfficialAsync(Did did, Secret password, CancellationToken ct)
    {
        if (!AppPassword.HasForm(password) || !(await appPasswords.ListAsync(did, ct)).Any(appPassword => appPassword.IsOfficial)) return null;
        return appPasswords.Find(did, await official.HashAppPasswordAsync(did, password, ct));
    }

    private static XrpcException Refusal() => XrpcException.AuthenticationRequired("Invalid identifier or password");
}

/// <summary>A password that was right a moment ago.</summary>
/// <param name="Hash">The account's hash that it was checked against; null for an app password.</param>
/// <param name="Weak">The password itself, where it was hashed with less work than today's; null where there is nothing to do about it.</param>
/// <param name="AppPassword">Which app password it is; null for the account's own.</param>
internal sealed record RightPassword(Did Did, string? Hash, Secret? Weak, AppPassword? AppPassword);
