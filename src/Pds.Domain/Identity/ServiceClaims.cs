using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>What an identity says to a service about a call it makes (https://atproto.com/specs/xrpc#inter-service-authentication-jwt).</summary>
/// <param name="Issuer">Who calls.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="IssuedAt">To the second.</param>
/// <param name="ExpiresAt">To the second.</param>
/// <param name="Method">The one method that it is good for; null for any that asks for none.</param>
public sealed record ServiceClaims(DidReference Issuer, DidReference Audience, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, Nsid? Method)
{
    private const int IdLength = 16;

    private static readonly string K256Header = HeaderOf("ES256K");
    private static readonly string P256Header = HeaderOf("ES256");

    /// <summary>A service token: these claims and a random <c>jti</c>, signed by the issuer's key.</summary>
    /// <remarks>Every proxied request needs one. The parts are text that needs no escaping, so nothing is serialised: what is not the signature is a tenth of it.</remarks>
    public string Sign(ISigningKey key)
    {
        var method = Method is null ? "" : $"\"lxm\":\"{Method}\",";
        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iat":{{IssuedAt.ToUnixTimeSeconds()}},"iss":"{{Issuer}}","aud":"{{Audience}}","exp":{{ExpiresAt.ToUnixTimeSeconds()}},{{method}}"jti":"{{NewId()}}"}""");

        var content = $"{(key.PublicKey.Curve == Curve.K256 ? K256Header : P256Header)}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(claims))}";
        return $"{content}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength));

    private static string HeaderOf(string algorithm) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"typ":"JWT","alg":"{{algorithm}}"}"""));
}
