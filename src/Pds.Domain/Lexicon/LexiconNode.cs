using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>A JSON object inside a lexicon document, and where it stands there, so that whatever is wrong with it can say so.</summary>
internal sealed class LexiconNode(JsonElement json, Nsid id, string path)
{
    public Nsid Id => id;

    public string Text(string key) => OptionalText(key) ?? throw Error($"needs a text \"{key}\"");

    public string? OptionalText(string key) => Optional(key, JsonValueKind.String)?.GetString();

    public long? OptionalInteger(string key) =>
        Optional(key, JsonValueKind.Number) is not { } number ? null
        : number.TryGetInt64(out var integer) ? integer
        : throw Error($"\"{key}\" must be an integer");

    public bool? OptionalBoolean(string key) =>
        json.TryGetProperty(key, out var value)
            ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Error($"\"{key}\" must be true or false")
            : null;

    public IReadOnlyList<string>? OptionalTexts(string key) => OptionalList(key, item =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Error($"\"{key}\" must be a list of texts"));

    public IReadOnlyList<long>? OptionalIntegers(string key) => OptionalList(key, item =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var integer) ? integer : throw Error($"\"{key}\" must be a list of integers"));

    public LexiconNode Child(string key) => OptionalChild(key) ?? throw Error($"needs an object \"{key}\"");

    public LexiconNode? OptionalChild(string key) => Optional(key, JsonValueKind.Object) is { } child ? At(child, key) : null;

    /// <summary>The objects of a list, where there is one.</summary>
    public IReadOnlyList<LexiconNode>? OptionalChildList(string key)
    {
        var index = 0;
        return OptionalList(key, item =>
            item.ValueKind == JsonValueKind.Object ? At(item, $"{key}[{index++}]") : throw Error($"\"{key}\" must be a list of objects"));
    }

    /// <summary>The members of an object whose names are its own, each an object.</summary>
    public IEnumerable<(string Name, LexiconNode Node)> Children(string key)
    {
        var parent = Child(key);
        foreach (var member in parent.Members())
        {
            if (member.Value.ValueKind != JsonValueKind.Object) throw parent.Error($"\"{member.Name}\" must be an object");
            yield return (member.Name, parent.At(member.Value, member.Name));
        }
    }

    public IEnumerable<JsonProperty> Members() => json.EnumerateObject();

    /// <summary>A reference in full: <c>#name</c> gets this document's id, and <c>#main</c>, which data never writes, goes.</summary>
    public string FullRef(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (target, name) = hash < 0 ? (reference, LexiconDocument.Main) : (reference[..hash], reference[(hash + 1)..]);
        if (target.Length == 0 && hash == 0) target = id.Value;
        return name.Length > 0 && !name.Contains('#') && Nsid.TryParse(target, out var document)
            ? document.FullName(name)
            : throw Error($"\"{reference}\" is not a reference to a definition");
    }

    public LexiconException Error(string what) => new($"{id}: {path}: {what}");

    private LexiconNode At(JsonElement child, string step) => new(child, id, path.Length == 0 ? step : $"{path}.{step}");

    private JsonElement? Optional(string key, JsonValueKind kind)
    {
        if (!json.TryGetProperty(key, out var value)) return null;
        return value.ValueKind == kind ? value : throw Error($"\"{key}\" must be {kind switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "an integer",
            JsonValueKind.Array => "a list",
            _ => "an object",
        }}");
    }

    private List<T>? OptionalList<T>(string key, Func<JsonElement, T> read) =>
        Optional(key, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray().Select(read)] : null;
}
