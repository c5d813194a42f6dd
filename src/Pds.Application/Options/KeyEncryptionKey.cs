using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Pds.Application.Options;

/// <summary>The 32 random bytes under which accounts' private keys are encrypted at rest. Never prints itself.</summary>
[DebuggerDisplay("•••")]
public sealed class KeyEncryptionKey
{
    public const int ByteLength = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private KeyEncryptionKey(byte[] bytes) => _bytes = bytes;

    public static KeyEncryptionKey Generate() => new(RandomNumberGenerator.GetBytes(ByteLength));

    /// <summary>Reads 64 hexadecimal digits, and nothing around them.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, [MaybeNullWhen(false)] out KeyEncryptionKey key)
    {
        key = hex is { Length: 2 * ByteLength } && hex.All(char.IsAsciiHexDigit) ? new KeyEncryptionKey(Convert.FromHexString(hex)) : null;
        return key is not null;
    }

    /// <summary>The bytes, for whoever encrypts with them.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    public override string ToString() => "•••";
}
