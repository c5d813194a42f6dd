using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>integer</c>; bounds are inclusive.</summary>
public sealed record IntegerSchema(long? Minimum, long? Maximum, IReadOnlyList<long>? Enum, long? Const, long? Default) : LexiconSchema
{
    internal static IntegerSchema Read(LexiconNode node) => new(
        node.OptionalInteger("minimum"), node.OptionalInteger("maximum"), node.OptionalIntegers("enum"),
        node.OptionalInteger("const"), node.OptionalInteger("default"));

    internal override LexValue? Absent => Default is { } value ? new LexInteger(value) : null;

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        var integer = (value as LexInteger)?.Value;
        if (Const is { } only) return integer == only ? null : ValidationIssue.WrongValue(value, new LexInteger(only));
        if (Enum is not null)
            return integer is { } choice && Enum.Contains(choice) ? null : ValidationIssue.WrongValue(value, [.. Enum.Select(n => new LexInteger(n))]);

        if (integer is not { } number) return ValidationIssue.WrongType(value, "integer");
        if (number < Minimum) return ValidationIssue.TooSmall("integer", Minimum.Value, number);
        return number > Maximum ? ValidationIssue.TooBig("integer", Maximum.Value, number) : null;
    }
}
