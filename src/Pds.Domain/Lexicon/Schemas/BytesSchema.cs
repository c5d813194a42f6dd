using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>bytes</c>; lengths are of the raw bytes.</summary>
public sealed record BytesSchema(long? MinLength, long? MaxLength) : LexiconSchema
{
    internal static BytesSchema Read(LexiconNode node) => new(node.OptionalInteger("minLength"), node.OptionalInteger("maxLength"));

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (value is not LexBytes { Value.Length: var length }) return ValidationIssue.WrongType(value, "bytes");
        if (length < MinLength) return ValidationIssue.TooSmall("bytes", MinLength.Value, length);
        return length > MaxLength ? ValidationIssue.TooBig("bytes", MaxLength.Value, length) : null;
    }
}
