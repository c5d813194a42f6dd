using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>Lets a number of people sign up. <paramref name="AvailableUses"/> is the number it was made with, not what is left.</summary>
/// <param name="ForAccount">Whose it is: an account's that may give it away, or nobody's but the administrator's.</param>
public sealed record InviteCode(string Code, int AvailableUses, bool Disabled, InviteOwner ForAccount, InviteOwner CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>The sign-ups by it, newest first.</summary>
    public IReadOnlyList<InviteCodeUse> Uses { get; init; } = [];

    public bool IsUsedUp => Uses.Count >= AvailableUses;
}

/// <summary>One sign-up by an invite code.</summary>
public sealed record InviteCodeUse(Did UsedBy, DateTimeOffset UsedAt);
