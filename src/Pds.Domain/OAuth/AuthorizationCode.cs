using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pds.Domain.Accounts;

namespace Pds.Domain.OAuth;

/// <summary>The code that a browser takes to the client, and the client exchanges once for tokens (RFC 6749 §4.1.2): <c>cod-</c> and 64 hex digits.</summary>
public static partial class AuthorizationCode
{
    /// <summary>How long a client has to exchange it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The same bits as a client has them.</summary>
    /// <param name="bits">256, which nobody can guess.</param>
    public static Secret Of(ReadOnlySpan<byte> bits) => Secret.Of($"cod-{Convert.ToHexStringLower(bits)}");

    /// <summary>Whether it can be one.</summary>
    public static bool IsWellFormed(string text) => Form.IsMatch(text);

    /// <summary>What is kept of it: SHA-256, which need not be slow for so many bits.</summary>
    public static ReadOnlyMemory<byte> HashOf(Secret code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Reveal()));

    [GeneratedRegex(@"^cod-[0-9a-f]{64}\z")]
    private static partial Regex Form { get; }
}
