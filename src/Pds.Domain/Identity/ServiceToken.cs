using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.Domain.Identity;

/// <summary>A service token as somebody sent it: taken apart within bounds, and nothing of it believed yet.</summary>
public sealed class ServiceToken
{
    /// <summary>The most characters that are looked at: room for the longest DIDs and a method.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The most audiences that one may name.</summary>
    public const int MaxAudiences = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly JsonElement? _claims;
    private readonly byte[] _signature;

    private ServiceToken(string algorithm, string? type, byte[] content, JsonElement? claims, byte[] signature)
    {
        (Algorithm, Type, Content) = (algorithm, type, content);
        (_claims, _signature) = (claims, signature);
    }

    /// <summary>The header's <c>alg</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The header's <c>typ</c>, if it has one.</summary>
    public string? Type { get; }

    /// <summary>The bytes that are signed.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    public string? Issuer => Text("iss");

    /// <summary>Whom it is for: one, or a list; null where the claim is missing or something else.</summary>
    public IReadOnlyList<string>? Audiences => Claim("aud") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= MaxAudiences && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    /// <summary>When it ends, in seconds since the Unix epoch; null where the claim is missing or no number.</summary>
    public double? ExpiresAt => Claim("exp") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>The claim <c>lxm</c>, if it is there at all: what tells a service token from a session's.</summary>
    public bool NamesMethod => Claim("lxm") is { ValueKind: not JsonValueKind.Null };

    public string? Method => Text("lxm");

    public string? Id => Text("jti");

    /// <summary>Whether every claim that must be there is, and those that may be are of their kind.</summary>
    public bool IsWellFormed => Issuer is not null && Audiences is not null && ExpiresAt is not null && (!NamesMethod || Method is not null);

    /// <summary>Reads a JWT's three parts; false where that is no JWT whose header names an algorithm. Broken claims only show in <see cref="IsWellFormed"/>:
    /// what the header says of the token is worth knowing before.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceToken? token)
    {
        token = null;
        if (text.Length > MaxLength || text.Split('.') is not [var first, var second, var third]) return false;
        if (ParseObject(first) is not { } header || Text(header, "alg") is not { } algorithm) return false;

        token = new ServiceToken(algorithm, Text(header, "typ"), Encoding.UTF8.GetBytes(text[..^(third.Length + 1)]), ParseObject(second), Decode(third) ?? []);
        return true;
    }

    /// <summary>Whether this key made the signature, by the algorithm that the header names.</summary>
    /// <remarks>Signing libraries for JWTs do not care about low-S, so either of the two signatures of a message is taken here, as elsewhere in the network.</remarks>
    public bool IsSignedBy(DidKey key, ISignatureVerifier verifier)
    {
        if (Algorithm != key.JwtAlgorithm || _signature.Length != Signature.ByteLength) return false;

        Span<byte> low = stackalloc byte[Signature.ByteLength];
        _signature.CopyTo(low);
        Signature.ToLowS(key.Curve, low);
        return verifier.Verify(key, Content.Span, low);
    }

    private JsonElement? Claim(string name) => _claims is { } claims && claims.TryGetProperty(name, out var claim) ? claim : null;

    private string? Text(string name) => _claims is { } claims ? Text(claims, name) : null;

    private static string? Text(JsonElement parent, string name) =>
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
