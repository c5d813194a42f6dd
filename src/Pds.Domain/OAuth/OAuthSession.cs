using System.Buffers.Text;
using System.Security.Cryptography;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>What a client was let do, and for how long: begins with a code, goes on with refresh tokens, ends when its time is over or somebody ends it.</summary>
/// <param name="Id">In access tokens and on the account page. Not a secret: nothing can be done with it alone.</param>
/// <param name="KeyThumbprint">The DPoP key that every request must be signed with (RFC 9449 §6).</param>
/// <param name="ClientKey">How the client proves itself; null for a public one.</param>
/// <param name="Device">The browser in which it was let in.</param>
/// <param name="Requested">The scopes that were granted, as the client asked for them.</param>
/// <param name="Scope">The same with what permission sets hold in their place, as it was when tokens were last made.</param>
/// <param name="CodeHash">Of the code that it began with: whoever shows that again ends it (RFC 6749 §4.1.2).</param>
/// <param name="RefreshedAt">When its tokens were last exchanged.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
/// <param name="RefreshHash">Of its refresh token; null where the client takes none.</param>
/// <param name="PreviousHash">Of the one before.</param>
public sealed record OAuthSession(
    string Id, Did Did, ClientId Client, ClientKey? ClientKey, DeviceId Device, string KeyThumbprint, string Requested, string Scope, ReadOnlyMemory<byte> CodeHash,
    DateTimeOffset CreatedAt, DateTimeOffset RefreshedAt, DateTimeOffset ExpiresAt, ReadOnlyMemory<byte>? RefreshHash = null, ReadOnlyMemory<byte>? PreviousHash = null)
{
    private const int IdBytes = 16;

    /// <summary>How long an access token lasts. It can be revoked, so the profile lets it last up to half an hour.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(25);

    /// <summary>How long an exchanged refresh token still works, for clients that lost the answer, and for two tabs that ask at once.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PublicLifetime = TimeSpan.FromDays(14);
    private static readonly TimeSpan ConfidentialIdle = TimeSpan.FromDays(91);
    private static readonly TimeSpan ConfidentialLifetime = TimeSpan.FromDays(730);

    public static string NewId() => $"ses-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes))}";

    /// <summary>When a session ends that is refreshed now. One of a client that proves itself, or that the operator trusts, lasts longer (https://atproto.com/specs/oauth#tokens-and-session-lifetime).</summary>
    public static DateTimeOffset EndOf(bool isLong, DateTimeOffset createdAt, DateTimeOffset now)
    {
        var (idle, whole) = isLong ? (ConfidentialIdle, ConfidentialLifetime) : (PublicLifetime, PublicLifetime);
        return now + idle < createdAt + whole ? now + idle : createdAt + whole;
    }

    /// <summary>Whether it still holds: its time has not run out, and the account's sessions were not ended since, as a new password and a takedown do.</summary>
    public bool Holds(Account account, DateTimeOffset now) =>
        now < ExpiresAt && account.Status != AccountStatus.Takendown && (account.SessionsValidFrom is not { } validFrom || CreatedAt >= validFrom);
}
