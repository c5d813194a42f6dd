using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Data;

/// <summary>A map with text keys: a record, or part of one. Fields that nobody here knows are kept.</summary>
public sealed record LexObject : LexValue
{
    public const string TypeKey = "$type";

    private readonly IReadOnlyDictionary<string, LexValue> _fields;

    public LexObject(IReadOnlyDictionary<string, LexValue> fields) => _fields = fields;

    public static LexObject Empty { get; } = new(new Dictionary<string, LexValue>());

    public int Count => _fields.Count;

    public IEnumerable<KeyValuePair<string, LexValue>> Fields => _fields;

    /// <summary>What <c>$type</c> says, or null where it says nothing.</summary>
    public string? Type => Text(TypeKey);

    public LexValue? this[string key] => _fields.GetValueOrDefault(key);

    public bool TryGet(string key, [MaybeNullWhen(false)] out LexValue value) => _fields.TryGetValue(key, out value);

    /// <summary>The field as text, or null where it is absent or something else.</summary>
    public string? Text(string key) => (this[key] as LexString)?.Value;

    /// <summary>The field as a map, or null where it is absent or something else.</summary>
    public LexObject? Object(string key) => this[key] as LexObject;

    /// <summary>The same map with one field set.</summary>
    public LexObject With(string key, LexValue value) => new(new Dictionary<string, LexValue>(_fields) { [key] = value });

    public bool Equals(LexObject? other) =>
        other is not null && Count == other.Count && _fields.All(field => other.TryGet(field.Key, out var value) && field.Value.Equals(value));

    public override int GetHashCode() => _fields.Keys.Aggregate(Count, (hash, key) => hash ^ key.GetHashCode(StringComparison.Ordinal));
}
