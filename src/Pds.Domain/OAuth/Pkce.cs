using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Pds.Domain.OAuth;

/// <summary>Proof Key for Code Exchange (RFC 7636): whoever redeems a code shows what only whoever asked for it knows. S256 alone: <c>plain</c> proves nothing to whoever saw the request.</summary>
public static partial class Pkce
{
    public const string Method = "S256";

    /// <summary>Whether it can be an S256 challenge: the 43 characters of a SHA-256 in base64url (RFC 7636 §4.2).</summary>
    public static bool IsChallenge(string text) => Challenge.IsMatch(text);

    /// <summary>Whether it can be a verifier: 43 to 128 unreserved characters (RFC 7636 §4.1).</summary>
    public static bool IsVerifier(string text) => Verifier.IsMatch(text);

    /// <summary>Whether that is the verifier of this challenge (RFC 7636 §4.6).</summary>
    public static bool Matches(string challenge, string verifier) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(challenge), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))));

    [GeneratedRegex(@"^[A-Za-z0-9_-]{43}\z")]
    private static partial Regex Challenge { get; }

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{43,128}\z")]
    private static partial Regex Verifier { get; }
}
