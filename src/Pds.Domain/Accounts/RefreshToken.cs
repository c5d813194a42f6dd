using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>A session's right to go on: the token itself is a JWT whose <c>jti</c> is <paramref name="Id"/>.</summary>
/// <param name="ExpiresAt">When it stops working: 90 days after it was made, or two hours after it was first exchanged, if that is sooner.</param>
/// <param name="NextId">The token it was exchanged for; every later exchange within the grace gets the same one.</param>
/// <param name="AppPasswordId">The app password that began the session, or null for the account's own password.</param>
public sealed record RefreshToken(string Id, Did Did, DateTimeOffset ExpiresAt, string? NextId = null, string? AppPasswordId = null)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>How long an exchanged token still works, for clients that lost the answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(2);
}
