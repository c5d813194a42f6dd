using Pds.Application.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Checks;

/// <summary>The PKCE challenges that codes were exchanged with: for a day none begins another session (https://atproto.com/specs/oauth#proof-key-for-code-exchange-pkce).</summary>
internal sealed class UsedChallenges(TimeProvider time)
{
    private const int Capacity = 100_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly UsedOnce _used = new(time, Capacity);

    /// <exception cref="OAuthException">invalid_grant: it was used already. temporarily_unavailable.</exception>
    public void Use(string challenge)
    {
        switch (_used.Use(challenge, time.GetUtcNow() + Remembered))
        {
            case Accounts.Use.Again: throw OAuthException.InvalidGrant("Code challenge already used");
            case Accounts.Use.Full: throw OAuthException.TemporarilyUnavailable("Too many code challenges at once. Try again later.");
        }
    }
}
