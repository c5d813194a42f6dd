using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>cid-link</c></summary>
public sealed record CidLinkSchema : LexiconSchema
{
    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth) =>
        value is LexLink ? null : ValidationIssue.WrongType(value, "cid");
}
