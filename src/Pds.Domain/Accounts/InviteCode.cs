using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>Lets a number of people sign up. <paramref name="AvailableUses"/> is the number it was made with, not what is left.</summary>
/// <param name="ForAccount">The account it was made for; <c>admin</c> for one that belongs to nobody.</param>
/// <param name="CreatedBy">The account that made it, or <c>admin</c>.</param>
public sealed record InviteCode(string Code, int AvailableUses, bool Disabled, string ForAccount, string CreatedBy, DateTimeOffset CreatedAt)
{
    public const string Admin = "admin";
}

/// <summary>One sign-up by an invite code.</summary>
public sealed record InviteCodeUse(Did UsedBy, DateTimeOffset UsedAt);
