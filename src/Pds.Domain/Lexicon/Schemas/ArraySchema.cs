using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>array</c>; lengths count the items.</summary>
public sealed record ArraySchema(LexiconSchema Items, long? MinLength, long? MaxLength) : LexiconSchema
{
    public override IEnumerable<string> Refs => Items.Refs;

    internal static ArraySchema Read(LexiconNode node) =>
        new(ReadField(node.Child("items")), node.OptionalInteger("minLength"), node.OptionalInteger("maxLength"));

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (value is not LexArray { Items: var items }) return ValidationIssue.WrongType(value, "array");
        if (depth > LexValue.MaxDepth) return ValidationIssue.TooDeep();
        if (items.Count < MinLength) return ValidationIssue.TooSmall("array", MinLength.Value, items.Count);
        if (items.Count > MaxLength) return ValidationIssue.TooBig("array", MaxLength.Value, items.Count);

        for (var i = 0; i < items.Count; i++)
        {
            if (Items.Check(items[i], catalog, depth + 1) is { } issue) return issue.At(i);
        }

        return null;
    }

    internal override LexValue Complete(LexValue value, LexiconCatalog catalog) =>
        value is LexArray array ? new LexArray([.. array.Items.Select(item => Items.Complete(item, catalog))]) : value;
}
