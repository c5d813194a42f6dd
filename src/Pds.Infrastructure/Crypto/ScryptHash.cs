using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NSec.Cryptography;

namespace Pds.Infrastructure.Crypto;

/// <summary>An scrypt hash as the official server makes it: N 16384, r 8, p 1, 64 bytes. Written as a PHC string: <c>$scrypt$ln=14,r=8,p=1$salt$hash</c>.</summary>
/// <remarks>https://github.com/P-H-C/phc-string-format. Its salt is text of 32 hexadecimal digits, used as it is written.</remarks>
internal sealed partial record ScryptHash(string Salt, byte[] Hash)
{
    public const int HashLength = 64;

    private const string Prefix = "$scrypt$ln=14,r=8,p=1$";

    private static readonly PasswordBasedKeyDerivationAlgorithm Scrypt =
        PasswordBasedKeyDerivationAlgorithm.Scrypt(new ScryptParameters { Cost = 1 << 14, BlockSize = 8, Parallelization = 1 });

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string phc, [NotNullWhen(true)] out ScryptHash? hash)
    {
        var match = Phc.Match(phc);
        hash = match.Success ? new ScryptHash(Encoding.ASCII.GetString(Decode(match.Groups["salt"].Value)), Decode(match.Groups["hash"].Value)) : null;
        return hash is not null && SaltText.IsMatch(hash.Salt);
    }

    /// <summary>Reads what the official server keeps: salt and hash in hexadecimal, with a colon between.</summary>
    public static bool TryParseOfficial(string text, [NotNullWhen(true)] out ScryptHash? hash)
    {
        var match = Official.Match(text);
        hash = match.Success ? new ScryptHash(match.Groups["salt"].Value, Convert.FromHexString(match.Groups["hash"].ValueSpan)) : null;
        return hash is not null;
    }

    /// <param name="salt">32 hexadecimal digits.</param>
    /// <remarks>Takes 16 MiB and blocks a core for tens of milliseconds.</remarks>
    public static ScryptHash Derive(ReadOnlySpan<byte> password, string salt) => new(salt, Scrypt.DeriveBytes(password, Encoding.ASCII.GetBytes(salt), HashLength));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Encode(Encoding.ASCII.GetBytes(Salt))}${Encode(Hash)}");

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Decode(string unpadded) => Convert.FromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='));

    [GeneratedRegex(@"^\$scrypt\$ln=14,r=8,p=1\$(?<salt>[A-Za-z0-9+/]{43})\$(?<hash>[A-Za-z0-9+/]{86})\z")]
    private static partial Regex Phc { get; }

    [GeneratedRegex(@"^(?<salt>[0-9a-f]{32}):(?<hash>[0-9a-f]{128})\z")]
    private static partial Regex Official { get; }

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex SaltText { get; }
}
