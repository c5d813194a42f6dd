using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>What a new password must be, and what ends when an account gets one.</summary>
internal sealed class Passwords(IAccountStore accounts, IPasswordHasher hasher, EmailTokens tokens, SessionsEnd sessions)
{
    /// <summary>In UTF-16 code units, as clients count.</summary>
    public const int MaxLength = 256;

    /// <exception cref="XrpcException">It is empty, which would let anyone in, or longer than <see cref="MaxLength"/>.</exception>
    public static void RequireGood(Secret password)
    {
        if (password.Reveal().Length is 0 or > MaxLength) throw XrpcException.InvalidRequest("Invalid password length.");
    }

    /// <summary>Gives an account another password and ends all its sessions, those of app passwords too; the app passwords themselves stay. In the account's turn.</summary>
    public async Task ReplaceAsync(Did did, Secret password, CancellationToken ct)
    {
        await accounts.SetPasswordHashAsync(did, await hasher.HashAsync(password, ct), ct);
        await tokens.RevokeAsync(did, EmailTokenPurpose.ResetPassword, ct);
        await sessions.EndAllAsync(did, ct);
    }
}
