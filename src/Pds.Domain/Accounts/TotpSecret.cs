using System.Diagnostics;
using System.Security.Cryptography;

namespace Pds.Domain.Accounts;

/// <summary>The 160 bits that an authenticator app and this server share. Never prints itself.</summary>
[DebuggerDisplay("•••")]
public sealed class TotpSecret
{
    public const int ByteLength = 20;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private TotpSecret(byte[] bytes) => _bytes = bytes;

    public static TotpSecret Generate() => new(RandomNumberGenerator.GetBytes(ByteLength));

    /// <exception cref="ArgumentException">Not 20 bytes.</exception>
    public static TotpSecret Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteLength ? new TotpSecret(bytes.ToArray()) : throw new ArgumentException($"A TOTP secret has {ByteLength} bytes, not {bytes.Length}", nameof(bytes));

    /// <summary>The bytes, for whoever computes or seals with them.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    public override string ToString() => "•••";
}
