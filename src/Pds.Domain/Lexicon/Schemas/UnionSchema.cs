using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>union</c>: a map whose <c>$type</c> says which variant it is. An open union takes variants it does not know, unseen.</summary>
public sealed record UnionSchema : LexiconSchema
{
    private readonly string[] _variants;

    private UnionSchema(string[] variants, bool isClosed) => (_variants, IsClosed) = (variants, isClosed);

    /// <summary>The variants' full names.</summary>
    public IReadOnlyList<string> Variants => _variants;

    public bool IsClosed { get; }

    public override IEnumerable<string> Refs => _variants;

    internal static UnionSchema Read(LexiconNode node)
    {
        var refs = node.OptionalTexts("refs") ?? throw node.Error("needs a list \"refs\"");
        var isClosed = node.OptionalBoolean("closed") ?? false;
        if (isClosed && refs.Count == 0) throw node.Error("a closed union needs at least one variant");
        return new UnionSchema([.. refs.Select(node.FullRef)], isClosed);
    }

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (value is not LexObject map || !map.TryGet(LexObject.TypeKey, out var type))
            return ValidationIssue.WrongType(value, "an object which includes the \"$type\" property");
        if (type is LexString { Value: var name } && Array.IndexOf(_variants, name) >= 0) return CheckVariant(name, map, catalog, depth);
        if (IsClosed) return ValidationIssue.WrongValue(type, [.. _variants.Select(variant => new LexString(variant))]).At(LexObject.TypeKey);
        return type is LexString ? null : ValidationIssue.WrongType(type, "string").At(LexObject.TypeKey);
    }

    internal override LexValue Complete(LexValue value, LexiconCatalog catalog) =>
        value is LexObject { Type: { } name } map && Array.IndexOf(_variants, name) >= 0 ? catalog.Resolve(name).Complete(map, catalog) : value;

    private static ValidationIssue? CheckVariant(string name, LexObject map, LexiconCatalog catalog, int depth) =>
        catalog.Resolve(name).Check(map, catalog, depth);
}
