using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>One-time codes by the clock (RFC 6238): HMAC-SHA-1, six digits, a new one every 30 seconds, which is what every authenticator app understands.</summary>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>How long one code is shown, in seconds.</summary>
    public const int Period = 30;

    /// <summary>How many steps a telephone's clock may be off, either way.</summary>
    private const int Window = 1;

    private const int Modulus = 1_000_000;

    /// <summary>The number of the step that a moment is in.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / Period;

    /// <summary>The code of a step.</summary>
    public static string CodeAt(TotpSecret secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // what the RFC and the apps have; collisions of SHA-1 are no matter under HMAC
        HMACSHA1.HashData(secret.Reveal(), counter, mac);
#pragma warning restore CA5350

        var truncated = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF; // RFC 4226, 5.3
        return (truncated % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step around now whose code that is, or null. Only steps after <paramref name="last"/> count, so that no code is good twice.</summary>
    public static long? FindStep(TotpSecret secret, string code, DateTimeOffset now, long last)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(secret, step)), given);
            if (isSame && step > last) found = step;
        }

        return found;
    }

    /// <summary>What an authenticator app reads from a QR code: https://github.com/google/google-authenticator/wiki/Key-Uri-Format.</summary>
    /// <param name="issuer">This server, as the app shows it.</param>
    public static Secret UriOf(TotpSecret secret, string issuer, Handle account)
    {
        var name = Uri.EscapeDataString(issuer);
        return Secret.Of($"otpauth://totp/{name}:{account}?secret={TextOf(secret).Reveal()}&issuer={name}&algorithm=SHA1&digits={Digits}&period={Period}");
    }

    /// <summary>The secret as people type it into an app that cannot read the picture: base32 in upper case.</summary>
    public static Secret TextOf(TotpSecret secret) => Secret.Of(Base32.Encode(secret.Reveal()).ToUpperInvariant());
}
