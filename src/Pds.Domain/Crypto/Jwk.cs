using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pds.Domain.Crypto;

/// <summary>A public key as OAuth clients write it (RFC 7517): a point of a curve, or an RSA modulus and exponent. Secret keys are not read: whoever sends one has lost it.</summary>
public sealed class Jwk
{
    private const int MinModulus = 256;
    private const int MaxModulus = 1024;
    private const int MaxExponent = 4;
    private const byte Uncompressed = 4;

    private static readonly string[] PrivateParts = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"];
    private static readonly string[] OfRsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

    private readonly string? _use;
    private readonly string? _algorithm;

    private Jwk(string type, string? curve, byte[] first, byte[] second, DidKey? didKey, JsonElement json)
    {
        (Type, CurveName, First, Second, DidKey) = (type, curve, first, second, didKey);
        (Id, _use, _algorithm) = (Text(json, "kid"), Text(json, "use"), Text(json, "alg"));
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical())));
    }

    /// <summary>The algorithms that signatures of clients may be made by; <c>EdDSA</c> and <c>none</c> are not among them.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [.. OfRsa, "ES256", "ES256K", "ES384", "ES512"];

    /// <summary><c>EC</c> or <c>RSA</c>.</summary>
    public string Type { get; }

    /// <summary><c>P-256</c>, <c>P-384</c>, <c>P-521</c> or <c>secp256k1</c>; null for RSA.</summary>
    public string? CurveName { get; }

    /// <summary>The point's x, or the modulus.</summary>
    public ReadOnlyMemory<byte> First { get; }

    /// <summary>The point's y, or the exponent.</summary>
    public ReadOnlyMemory<byte> Second { get; }

    /// <summary>The same key as the rest of the protocol writes it, where that has its curve.</summary>
    public DidKey? DidKey { get; }

    /// <summary>The key's <c>kid</c>, if it has one.</summary>
    public string? Id { get; }

    /// <summary>What names the key whatever it is called: SHA-256 of its canonical form, in base64url (RFC 7638).</summary>
    public string Thumbprint { get; }

    /// <summary>Reads a public key; false where it is none, of a kind that no algorithm here uses, or has secret parts.</summary>
    public static bool TryParse(JsonElement json, [NotNullWhen(true)] out Jwk? key)
    {
        key = null;
        if (json.ValueKind != JsonValueKind.Object || PrivateParts.Any(part => json.TryGetProperty(part, out _))) return false;
        key = Text(json, "kty") switch
        {
            "EC" => ReadPoint(json),
            "RSA" => ReadRsa(json),
            _ => null,
        };
        return key is not null;
    }

    /// <summary>Whether signatures by that algorithm can be this key's, and the key is meant for them.</summary>
    public bool Allows(string algorithm) =>
        _use is null or "sig" && (_algorithm is null || _algorithm == algorithm) && (CurveName switch
        {
            null => OfRsa.Contains(algorithm),
            "P-256" => algorithm == "ES256",
            "secp256k1" => algorithm == "ES256K",
            "P-384" => algorithm == "ES384",
            _ => algorithm == "ES512",
        });

    private static Jwk? ReadPoint(JsonElement json)
    {
        var curve = Text(json, "crv");
        var length = curve switch
        {
            "P-256" or "secp256k1" => 32,
            "P-384" => 48,
            "P-521" => 66,
            _ => 0,
        };
        if (length == 0 || Bytes(json, "x") is not { } x || Bytes(json, "y") is not { } y || x.Length != length || y.Length != length) return null;
        if (curve is not ("P-256" or "secp256k1")) return new Jwk("EC", curve, x, y, didKey: null, json);

        var known = curve == "P-256" ? Curve.P256 : Curve.K256;
        Span<byte> compressed = stackalloc byte[DidKey.CompressedLength];
        return CurvePoint.TryCompress(known, [Uncompressed, .. x, .. y], compressed) ? new Jwk("EC", curve, x, y, DidKey.Of(known, compressed), json) : null;
    }

    private static Jwk? ReadRsa(JsonElement json) =>
        Bytes(json, "n") is { Length: >= MinModulus and <= MaxModulus } modulus && Bytes(json, "e") is { Length: > 0 and <= MaxExponent } exponent && modulus[0] != 0
            ? new Jwk("RSA", curve: null, modulus, exponent, didKey: null, json)
            : null;

    private string Canonical() => CurveName is null
        ? $$"""{"e":"{{Base64Url.EncodeToString(Second.Span)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(First.Span)}}"}"""
        : $$"""{"crv":"{{CurveName}}","kty":"EC","x":"{{Base64Url.EncodeToString(First.Span)}}","y":"{{Base64Url.EncodeToString(Second.Span)}}"}""";

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name)
    {
        if (Text(json, name) is not { } text || text.Length > 2 * MaxModulus || text.Contains('=', StringComparison.Ordinal)) return null;
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
