using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using NSec.Cryptography;

namespace Pds.Infrastructure.Crypto;

/// <summary>An Argon2id hash with what it takes to make it again, written as a PHC string: <c>$argon2id$v=19$m=…,t=…,p=…$salt$hash</c>.</summary>
/// <remarks>https://github.com/P-H-C/phc-string-format. Base64 there is the usual alphabet without padding.</remarks>
/// <param name="Memory">Kibibytes.</param>
/// <param name="Passes">Over the memory.</param>
internal sealed partial record Argon2Hash(int Memory, int Passes, byte[] Salt, byte[] Hash)
{
    public const int SaltLength = 16;
    public const int HashLength = 32;

    // A stored hash says how much memory checking it takes, so a bad row must not be able to ask for all there is.
    private const int MaxMemory = 1024 * 1024;
    private const int MaxPasses = 100;

    /// <exception cref="FormatException">Not such a string, or one that asks for more than a check may cost.</exception>
    public static Argon2Hash Parse(string phc)
    {
        var match = Pattern.Match(phc);
        return match.Success
            && Number(match, "m") is >= 8 and <= MaxMemory and var memory
            && Number(match, "t") is >= 1 and <= MaxPasses and var passes
            && TryDecode(match.Groups["salt"].Value, SaltLength, out var salt)
            && TryDecode(match.Groups["hash"].Value, HashLength, out var hash)
                ? new Argon2Hash(memory, passes, salt, hash)
                : throw new FormatException("A stored password hash is not an Argon2id hash that this server can check");
    }

    /// <summary>Hashes a password with the salt and the parameters given. Blocks a core for tens of milliseconds.</summary>
    public static Argon2Hash Derive(ReadOnlySpan<byte> password, byte[] salt, int memory, int passes)
    {
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        return new Argon2Hash(memory, passes, salt, argon2.DeriveBytes(password, salt, HashLength));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={Memory},t={Passes},p=1${Encode(Salt)}${Encode(Hash)}");

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string unpadded, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[length];
        return Convert.TryFromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='), bytes, out var written) && written == length;
    }

    [GeneratedRegex(@"^\$argon2id\$v=19\$m=(?<m>[0-9]{1,7}),t=(?<t>[0-9]{1,3}),p=1\$(?<salt>[A-Za-z0-9+/]{22})\$(?<hash>[A-Za-z0-9+/]{43})\z")]
    private static partial Regex Pattern { get; }
}
