using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>unknown</c>: any map, whatever is in it; but not a blob, which is a kind of value of its own.</summary>
public sealed record UnknownSchema : LexiconSchema
{
    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth) =>
        value is LexObject { Type: not BlobRef.Type } ? null : ValidationIssue.WrongType(value, "object");
}
