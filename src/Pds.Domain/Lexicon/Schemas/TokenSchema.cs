using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>token</c>: a name that stands for itself. In data it is the text of its full name.</summary>
public sealed record TokenSchema(string Name) : LexiconSchema
{
    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth) =>
        value is not LexString text ? ValidationIssue.WrongType(value, "token")
        : text.Value != Name ? ValidationIssue.WrongValue(value, new LexString(Name))
        : null;
}
