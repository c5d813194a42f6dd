using System.Text.Json;

namespace Pds.Domain.OAuth;

/// <summary>The fields of a client's document: absent, or of the kind that they must be.</summary>
internal readonly struct ClientFields
{
    private readonly JsonElement _document;

    /// <exception cref="OAuthException">invalid_client_metadata: no object.</exception>
    public ClientFields(JsonElement document) =>
        _document = document.ValueKind == JsonValueKind.Object ? document : throw OAuthException.InvalidClientMetadata("Client metadata must be a JSON object");

    /// <summary>Whether it is there at all; null counts as absent.</summary>
    public bool Has(string name) => Get(name) is not null;

    public JsonElement? Get(string name) => _document.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "text"),
    };

    public bool? Flag(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public IReadOnlyList<string>? Texts(string name) => Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. list.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw Wrong(name, "a list of texts"),
    };

    /// <summary>An https address.</summary>
    public Uri? Link(string name)
    {
        if (Text(name) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var link) && link is { Scheme: "https", UserInfo.Length: 0 } ? link : throw Wrong(name, "an https URL");
    }

    private static OAuthException Wrong(string name, string expected) => OAuthException.InvalidClientMetadata($"Validation of \"{name}\" failed: it must be {expected}");
}
