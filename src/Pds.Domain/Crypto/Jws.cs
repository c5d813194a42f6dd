using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Pds.Domain.Crypto;

/// <summary>A signed JWT as somebody sent it (RFC 7515 §7.1): taken apart within bounds, and nothing of it believed yet.</summary>
public sealed class Jws
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly JsonElement _header;
    private readonly JsonElement? _claims;
    private readonly byte[] _signature;

    private Jws(string algorithm, JsonElement header, byte[] content, JsonElement? claims, byte[] signature)
    {
        (Algorithm, Content) = (algorithm, content);
        (_header, _claims, _signature) = (header, claims, signature);
    }

    /// <summary>The header's <c>alg</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The header's <c>typ</c>, if it has one.</summary>
    public string? Type => HeaderText("typ");

    /// <summary>The bytes that are signed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Whether what is signed is an object, as claims are.</summary>
    public bool HasClaims => _claims is not null;

    /// <summary>Reads a JWT's three parts; false where that is no JWT whose header names an algorithm. What the header says of a token is worth knowing where its claims are broken, too.</summary>
    /// <param name="maxLength">The most characters that are looked at.</param>
    public static bool TryParse(string text, int maxLength, [NotNullWhen(true)] out Jws? token)
    {
        token = null;
        if (text.Length > maxLength || text.Split('.') is not [var first, var second, var third]) return false;
        if (ParseObject(first) is not { } header || TextOf(header, "alg") is not { } algorithm) return false;

        token = new Jws(algorithm, header, Encoding.UTF8.GetBytes(text[..^(third.Length + 1)]), ParseObject(second), Decode(third) ?? []);
        return true;
    }

    /// <summary>A field of the header; null where there is none.</summary>
    public JsonElement? Header(string name) => _header.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A field of the header that is text; null where there is none, or it is something else.</summary>
    public string? HeaderText(string name) => TextOf(_header, name);

    /// <summary>A claim; null where there is none.</summary>
    public JsonElement? Claim(string name) => _claims is { } claims && claims.TryGetProperty(name, out var claim) ? claim : null;

    /// <summary>A claim that is text; null where there is none, or it is something else.</summary>
    public string? Text(string name) => _claims is { } claims ? TextOf(claims, name) : null;

    /// <summary>A claim that is a number, such as seconds since the Unix epoch; null where there is none, or it is something else.</summary>
    public double? Number(string name) => Claim(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>A claim that is one text or a list of them, of <paramref name="most"/> at the most; null where there is none, or it is something else.</summary>
    public IReadOnlyList<string>? Texts(string name, int most) => Claim(name) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= most && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    /// <summary>Whether this key made the signature, by the algorithm that the header names.</summary>
    public bool IsSignedBy(DidKey key, ISignatureVerifier verifier) => Algorithm == key.JwtAlgorithm && verifier.VerifyEither(key, Content.Span, _signature);

    /// <summary>Whether this key made the signature, by the algorithm that the header names, if the key is for that one.</summary>
    public bool IsSignedBy(Jwk key, IJwkVerifier verifier) => key.Allows(Algorithm) && verifier.Verify(key, Algorithm, Content.Span, _signature);

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? ParseObject(string part)
    {
        if (Decode(part) is not { } json) return null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            ReadAll(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>JSON can hold half a character, which is no text: found here, once, so that nothing that is read later can fail.</summary>
    private static void ReadAll(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        else if (value.ValueKind == JsonValueKind.Array) foreach (var item in value.EnumerateArray()) ReadAll(item);
        else if (value.ValueKind == JsonValueKind.Object) foreach (var property in value.EnumerateObject()) ReadAll(property.Value);
    }

    private static byte[]? Decode(string part)
    {
        if (part.Length % 4 == 1 || part.AsSpan().ContainsAnyExcept(Base64UrlCharacters)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.TryDecodeFromChars(part, bytes, out var written) ? bytes[..written] : null;
    }
}
