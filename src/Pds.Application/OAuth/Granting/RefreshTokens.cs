using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pds.Application.Options;
using Pds.Domain.Accounts;

namespace Pds.Application.OAuth.Granting;

/// <summary>Refresh tokens: <c>ref-</c>, the session, 256 bits, and a seal. Only their hashes are kept, and only of the last two of a session.</summary>
/// <remarks>
/// The seal tells a token that this server once made from one that somebody made up, so an old one shows itself as replayed without a list of all there
/// ever were. A token's successor is made from it, so that two who exchange the same one get the same. A new secret for session tokens (PDS_JWT_SECRET)
/// breaks neither: the last token of a session is known by its hash.
/// </remarks>
internal sealed partial class RefreshTokens(SecretOptions secrets)
{
    private const string Prefix = "ref-";
    private const int SealBytes = 16;

    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.JwtSecret.Reveal()), "oauth refresh tokens"u8);

    /// <summary>The first of a session.</summary>
    public Secret Create(string session) => Write(session, RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>The one that a token is exchanged for: always the same.</summary>
    public Secret Next(Secret token, string session) => Write(session, HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"next\0{token.Reveal()}")));

    /// <summary>The session that a text names; null where it is no refresh token.</summary>
    public static string? SessionOf(string text) => Form.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether this server made it, with the secret that it has now.</summary>
    public bool IsGenuine(Secret token)
    {
        var text = token.Reveal();
        var dot = text.LastIndexOf('.');
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text[(dot + 1)..]), Encoding.ASCII.GetBytes(SealOf(text[..dot])));
    }

    public static ReadOnlyMemory<byte> HashOf(Secret token) => SHA256.HashData(Encoding.UTF8.GetBytes(token.Reveal()));

    private Secret Write(string session, byte[] bits)
    {
        var text = $"{Prefix}{session}.{Base64Url.EncodeToString(bits)}";
        return Secret.Of($"{text}.{SealOf(text)}");
    }

    private string SealOf(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"seal\0{text}")).AsSpan(0, SealBytes));

    [GeneratedRegex(@"^ref-(ses-[A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}\z")]
    private static partial Regex Form { get; }
}
