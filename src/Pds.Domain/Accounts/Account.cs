using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>What this server knows of one of its accounts. Its password and its keys are elsewhere.</summary>
public sealed record Account(
    Did Did,
    Handle? Handle,
    string? Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EmailConfirmedAt = null,
    DateTimeOffset? DeactivatedAt = null,
    DateTimeOffset? DeleteAfter = null,
    string? TakedownRef = null,
    bool InvitesDisabled = false)
{
    public AccountStatus Status =>
        TakedownRef is not null ? AccountStatus.Takendown
        : DeactivatedAt is not null ? AccountStatus.Deactivated
        : AccountStatus.Active;

    public bool IsActive => Status == AccountStatus.Active;

    /// <summary>The handle as clients are shown it, whether there is one or not.</summary>
    public Handle ShownHandle => Handle ?? Handle.Invalid;
}
