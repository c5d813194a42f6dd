using Pds.Domain.Data;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>Finds the blobs that a record mentions: where the lexicon expects them, with its constraints, and anywhere else, without.</summary>
public static class BlobConstraints
{
    /// <summary>Every mention, also of one blob twice. An unknown <paramref name="collection"/> constrains nothing.</summary>
    /// <exception cref="InvalidRecordException">The record has a blob reference of the form used before 2023, or nests too deep.</exception>
    public static IReadOnlyList<BlobConstraint> Find(LexiconCatalog catalog, Nsid collection, LexObject record)
    {
        var found = new BlobSearch(catalog);
        if (catalog.FindRecord(collection) is { } schema) found.Search(schema, record, depth: 1);
        else found.SearchUnknown(record, depth: 1);
        return found.Blobs;
    }
}
