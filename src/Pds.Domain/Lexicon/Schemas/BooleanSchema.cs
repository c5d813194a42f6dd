using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>boolean</c></summary>
public sealed record BooleanSchema(bool? Const, bool? Default) : LexiconSchema
{
    internal static BooleanSchema Read(LexiconNode node) => new(node.OptionalBoolean("const"), node.OptionalBoolean("default"));

    internal override LexValue? Absent => Default is { } value ? new LexBoolean(value) : null;

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        var boolean = (value as LexBoolean)?.Value;
        if (Const is { } only) return boolean == only ? null : ValidationIssue.WrongValue(value, new LexBoolean(only));
        return boolean is null ? ValidationIssue.WrongType(value, "boolean") : null;
    }
}
