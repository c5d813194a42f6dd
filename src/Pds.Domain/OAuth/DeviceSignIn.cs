using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>That somebody has signed in to an account in a browser. Several accounts may be signed in to in one.</summary>
/// <param name="SignedInAt">When the password was last asked for.</param>
/// <param name="UsedAt">When a page was last opened as that account; to the minute.</param>
/// <param name="IsRemembered">Whether the user wants to stay signed in there.</param>
public sealed record DeviceSignIn(DeviceId Device, Did Did, DateTimeOffset SignedInAt, DateTimeOffset UsedAt, bool IsRemembered)
{
    /// <summary>How long after the password was asked for it lasts, used or not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How long it lasts unused where it is not to be remembered.</summary>
    public static readonly TimeSpan UnrememberedLifetime = TimeSpan.FromMinutes(15);

    /// <summary>When it ends, unless it is used.</summary>
    public DateTimeOffset ExpiresAt => Earlier(SignedInAt + Lifetime, IsRemembered ? DateTimeOffset.MaxValue : UsedAt + UnrememberedLifetime);

    /// <summary>Whether it still holds: its time has not run out, and the account's sessions were not ended since, as a new password and a takedown do.</summary>
    public bool Holds(Account account, DateTimeOffset now) =>
        now < ExpiresAt && account.Status != AccountStatus.Takendown && (account.SessionsValidFrom is not { } validFrom || SignedInAt >= validFrom);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
