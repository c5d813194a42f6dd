using System.Collections.Immutable;
using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>object</c>: a map with known properties. A definition has a <paramref name="Name"/>, and data of it may say so in <c>$type</c>, but nothing else.</summary>
/// <param name="Properties">In the document's order, which decides which of two faults is reported.</param>
public sealed record ObjectSchema(string? Name, ImmutableArray<ObjectProperty> Properties) : LexiconSchema
{
    public override IEnumerable<string> Refs => Properties.SelectMany(property => property.Schema.Refs);

    internal static ObjectSchema Read(LexiconNode node, string? name)
    {
        _ = node.OptionalText("description");
        var required = node.OptionalTexts("required") ?? [];
        var nullable = node.OptionalTexts("nullable") ?? [];
        ImmutableArray<ObjectProperty> properties =
        [
            .. node.Children("properties").Select(property => new ObjectProperty(
                property.Name, ReadField(property.Node), required.Contains(property.Name), nullable.Contains(property.Name))),
        ];

        var schema = new ObjectSchema(name, properties);
        var undefined = required.Concat(nullable).FirstOrDefault(key => schema.Find(key) is null);
        return undefined is null ? schema : throw node.Error($"\"{undefined}\" is required or nullable, but not a property");
    }

    internal ObjectProperty? Find(string key)
    {
        foreach (var property in Properties)
        {
            if (property.Name == key) return property;
        }

        return null;
    }

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (value is not LexObject map) return ValidationIssue.WrongType(value, "object");
        if (depth > LexValue.MaxDepth) return ValidationIssue.TooDeep();
        if (Name is not null && map.TryGet(LexObject.TypeKey, out var type) && (type as LexString)?.Value != Name)
            return ValidationIssue.WrongValue(type, new LexString(Name)).At(LexObject.TypeKey);

        foreach (var property in Properties)
        {
            if (!map.TryGet(property.Name, out var field))
            {
                if (property.IsRequired) return ValidationIssue.MissingKey(property.Name);
                continue;
            }

            if (property.IsNullable && field is LexNull) continue;
            if (property.Schema.Check(field, catalog, depth + 1) is { } issue) return issue.At(property.Name);
        }

        return null;
    }

    internal override LexValue Complete(LexValue value, LexiconCatalog catalog)
    {
        if (value is not LexObject map) return value;

        foreach (var property in Properties)
        {
            var field = map.TryGet(property.Name, out var given) ? property.Schema.Complete(given, catalog) : property.Schema.Absent;
            if (field is not null && !ReferenceEquals(field, given)) map = map.With(property.Name, field);
        }

        return map;
    }
}
