using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Accounts;

namespace Pds.Domain.OAuth;

/// <summary>What is kept of a browser that has shown itself to this server: how it proves that it is this one, and where it was last.</summary>
/// <param name="SecretHash">See <see cref="HashOf"/>; of the secret that it was given last.</param>
/// <param name="PreviousHash">Of the one before, which is good until the browser has shown the last; null where that has come about.</param>
/// <param name="RotatedAt">When it was given its last secret.</param>
/// <param name="UserAgent">What it calls itself, cut to <see cref="MaxUserAgentLength"/>; null where it does not.</param>
/// <param name="Address">The address it was last seen at, as text.</param>
public sealed record Device(
    DeviceId Id, ReadOnlyMemory<byte> SecretHash, ReadOnlyMemory<byte>? PreviousHash, DateTimeOffset RotatedAt, string? UserAgent, string Address, DateTimeOffset SeenAt)
{
    /// <summary>In UTF-16 code units.</summary>
    public const int MaxUserAgentLength = 400;

    /// <summary>How long a secret is used before the browser is given another.</summary>
    public static readonly TimeSpan RotatesAfter = TimeSpan.FromDays(1);

    /// <summary>How long a browser on which nobody is signed in is remembered after it was last seen.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    /// <summary>How long after a change the secret before it is taken from pages that were asked for at the same time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private const int SecretBytes = 32;

    /// <summary>A new secret, of 256 random bits: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static Secret NewSecret() => Secret.Of(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>What is kept of a secret: SHA-256, which need not be slow for so many bits.</summary>
    public static ReadOnlyMemory<byte> HashOf(DeviceId id, Secret secret) => SHA256.HashData(Encoding.UTF8.GetBytes($"device\0{id}\0{secret.Reveal()}"));

    /// <summary>A browser that is seen for the first time.</summary>
    public static Device Create(DeviceId id, Secret secret, string? userAgent, string address, DateTimeOffset now) =>
        new(id, HashOf(id, secret), PreviousHash: null, now, Cut(userAgent), address, now);

    /// <summary>Who shows that secret.</summary>
    public DeviceProof Check(Secret secret, DateTimeOffset now)
    {
        var hash = HashOf(Id, secret).Span;
        if (CryptographicOperations.FixedTimeEquals(hash, SecretHash.Span)) return now - RotatedAt > RotatesAfter ? DeviceProof.Aged : DeviceProof.Right;
        if (PreviousHash is not { } previous || !CryptographicOperations.FixedTimeEquals(hash, previous.Span)) return DeviceProof.Wrong;
        return now - RotatedAt > Grace ? DeviceProof.Aged : DeviceProof.Right; // the answer that bore the last one was lost, or is still on its way
    }

    /// <summary>The same browser, seen now with its last secret: the one before is void, once no page that was asked for with it can be on its way.</summary>
    public Device SeenWith(Secret secret, string? userAgent, string address, DateTimeOffset now)
    {
        var isLast = CryptographicOperations.FixedTimeEquals(HashOf(Id, secret).Span, SecretHash.Span);
        var previous = isLast && now - RotatedAt > Grace ? null : PreviousHash;
        return this with { PreviousHash = previous, UserAgent = Cut(userAgent) ?? UserAgent, Address = address, SeenAt = now };
    }

    /// <summary>The same browser with another secret; the one that it has shown is good until it shows the new one.</summary>
    public Device Rotate(Secret shown, Secret next, DateTimeOffset now) => this with { SecretHash = HashOf(Id, next), PreviousHash = HashOf(Id, shown), RotatedAt = now };

    /// <summary>The same browser with another secret, and every earlier one void at once: whoever knew those is not who signs in now.</summary>
    public Device Renew(Secret next, DateTimeOffset now) => this with { SecretHash = HashOf(Id, next), PreviousHash = null, RotatedAt = now };

    private static string? Cut(string? userAgent) => userAgent is { Length: > MaxUserAgentLength } ? userAgent[..MaxUserAgentLength] : userAgent;
}

/// <summary>What the secret that a browser shows says about it.</summary>
public enum DeviceProof
{
    /// <summary>It is not that browser, or somebody has used a copy of its secret.</summary>
    Wrong,

    /// <summary>It is that browser.</summary>
    Right,

    /// <summary>It is that browser, and is to be given another secret.</summary>
    Aged,
}
