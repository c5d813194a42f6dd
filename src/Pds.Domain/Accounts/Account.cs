using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>What this server knows of one of its accounts. Its password and its keys are elsewhere.</summary>
/// <param name="DeleteAfter">When a deactivated account is to be deleted; null for never.</param>
/// <param name="EmailAuthFactor">Whether signing in with the account's own password takes a code that is sent by mail; only ever with a confirmed address.</param>
/// <param name="InvitesDisabled">Whether the invite codes that it earns come disabled.</param>
/// <param name="SessionsValidFrom">Session tokens issued before this have been revoked, every one.</param>
/// <param name="InviteNote">Why a moderator last enabled or disabled its invites.</param>
public sealed record Account(
    Did Did,
    Handle? Handle,
    string? Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EmailConfirmedAt = null,
    DateTimeOffset? DeactivatedAt = null,
    DateTimeOffset? DeleteAfter = null,
    string? TakedownRef = null,
    bool InvitesDisabled = false,
    bool EmailAuthFactor = false,
    DateTimeOffset? SessionsValidFrom = null,
    string? InviteNote = null)
{
    /// <summary>In UTF-16 code units.</summary>
    public const int MaxInviteNoteLength = 10_000;

    public AccountStatus Status =>
        TakedownRef is not null ? AccountStatus.Takendown
        : DeactivatedAt is not null ? AccountStatus.Deactivated
        : AccountStatus.Active;

    public bool IsActive => Status == AccountStatus.Active;

    /// <summary>How long an account that moves in may take before it is deleted (see <see cref="Arriving"/>).</summary>
    public static readonly TimeSpan ArrivalTime = TimeSpan.FromDays(3);

    /// <summary>Whether it moves in from another server and has never been switched on here, or off: it has been off since before it was here, and nobody has heard of it from this server.</summary>
    public bool IsArriving => DeactivatedAt < CreatedAt;

    /// <summary>The same account, new here, as one that moves in from another server: deactivated from the start, and deleted unless it is activated in time.</summary>
    public Account Arriving() => this with { DeactivatedAt = CreatedAt - TimeSpan.FromMilliseconds(1), DeleteAfter = CreatedAt + ArrivalTime };

    /// <summary>The same account with another address, or the same one anew: it is not confirmed, so it is no second factor either.</summary>
    public Account WithEmail(EmailAddress email) => this with { Email = email.Value, EmailConfirmedAt = null, EmailAuthFactor = false };

    /// <summary>The handle as clients are shown it, whether there is one or not.</summary>
    public Handle ShownHandle => Handle ?? Handle.Invalid;
}
