using System.Text.Json;
using System.Text.Unicode;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>Reads the parts of a DID document that the protocol uses; a part of the wrong kind spoils the whole.</summary>
internal static class DidDocumentReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DidDocument.MaxDepth, AllowDuplicateProperties = false };

    public static DidDocument Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > DidDocument.MaxBytes) throw Invalid($"larger than {DidDocument.MaxBytes} bytes");
        if (!Utf8.IsValid(utf8.Span)) throw Invalid("not UTF-8");
        try
        {
            using var json = JsonDocument.Parse(utf8, Strict);
            return Read(json.RootElement, utf8);
        }
        catch (JsonException broken)
        {
            throw new FormatException("Invalid DID document: not JSON", broken);
        }
        catch (InvalidOperationException notUnicode) // half a surrogate pair by escape
        {
            throw new FormatException("Invalid DID document: text is not valid Unicode", notUnicode);
        }
    }

    private static DidDocument Read(JsonElement document, ReadOnlyMemory<byte> utf8)
    {
        if (document.ValueKind != JsonValueKind.Object) throw Invalid("not an object");
        if (!Did.TryParse(Text(document, "id"), out var id)) throw Invalid("id is not a DID");
        return new DidDocument(
            id,
            [.. List(document, "alsoKnownAs").Select(alias => Text(alias) ?? throw Invalid("alsoKnownAs has something else than text"))],
            [.. List(document, "verificationMethod").Select(ReadMethod)],
            [.. List(document, "service").Select(ReadService)],
            utf8);
    }

    private static VerificationMethod ReadMethod(JsonElement method) => new(
        Text(method, "id") ?? throw Invalid("a verificationMethod without an id"),
        Text(method, "type") ?? throw Invalid("a verificationMethod without a type"),
        Text(method, "controller") ?? throw Invalid("a verificationMethod without a controller"),
        Text(method, "publicKeyMultibase"));

    private static DidService ReadService(JsonElement service) => new(
        Text(service, "id") ?? throw Invalid("a service without an id"),
        Text(service, "type") ?? throw Invalid("a service without a type"),
        Text(service, "serviceEndpoint"));

    private static JsonElement[] List(JsonElement document, string key)
    {
        if (!document.TryGetProperty(key, out var list)) return [];
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : throw Invalid($"{key} is not a list");
    }

    private static string? Text(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FormatException Invalid(string what) => new($"Invalid DID document: {what}");
}
