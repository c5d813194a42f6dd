using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>ref</c>: whatever the definition of that full name says.</summary>
public sealed record RefSchema(string Ref) : LexiconSchema
{
    public override IEnumerable<string> Refs => [Ref];

    internal static RefSchema Read(LexiconNode node) => new(node.FullRef(node.Text("ref")));

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth) => catalog.Resolve(Ref).Check(value, catalog, depth);

    internal override LexValue Complete(LexValue value, LexiconCatalog catalog) => catalog.Resolve(Ref).Complete(value, catalog);
}
