using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>A password that an account gives to one app and can take back: good for everything but the control of the account.</summary>
/// <param name="Id">Random, and never another's: the tokens of its sessions bear it, so that a later app password of the same name does not revive them.</param>
/// <param name="Name">What its owner calls it; one account's are all different.</param>
/// <param name="Privileged">Whether it may also see direct messages.</param>
/// <param name="Hash">See <see cref="HashOf"/>, and <see cref="IsOfficial"/> for those of another make.</param>
public sealed partial record AppPassword(string Id, Did Did, string Name, bool Privileged, ReadOnlyMemory<byte> Hash, DateTimeOffset CreatedAt)
{
    /// <summary>In UTF-16 code units, as clients count.</summary>
    public const int MaxNameLength = 256;

    /// <summary>How many one account may have.</summary>
    public const int MaxPerAccount = 100;

    /// <summary>In bytes: what an official server keeps of one.</summary>
    public const int OfficialHashLength = 64;

    private const int OfficialSaltBytes = 16;

    /// <summary>What is kept of a password.</summary>
    public static ReadOnlyMemory<byte> HashOf(Did did, Secret password) => SecretHash.Of("app password", did, password.Reveal());

    /// <summary>Whether it was taken over from an official server and has not been used since: its hash is that server's, of scrypt, as nobody here has seen it in clear.</summary>
    public bool IsOfficial => Hash.Length == OfficialHashLength;

    /// <summary>Whether a password has the form of an app password: other passwords need not be tried as one.</summary>
    public static bool HasForm(Secret password) => Form.IsMatch(password.Reveal());

    /// <summary>The salt that an official server uses for all app passwords of an account: 32 hexadecimal digits.</summary>
    public static string OfficialSaltOf(Did did) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(did.Value)).AsSpan(0, OfficialSaltBytes));

    [GeneratedRegex(@"^[a-z2-7]{4}(-[a-z2-7]{4}){3}\z")]
    private static partial Regex Form { get; }
}
