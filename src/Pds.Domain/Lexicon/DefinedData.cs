using Pds.Domain.Data;
using Pds.Domain.Lexicon.Schemas;

namespace Pds.Domain.Lexicon;

/// <summary>Data that are no records, such as what a method takes, read by a definition of a catalog.</summary>
/// <remarks>Unlike a record, which is signed as it was sent, such data get what the lexicon says of absent fields.</remarks>
public sealed class DefinedData(LexiconCatalog catalog)
{
    /// <summary>The variants of the union that a list's items are; none where the definition is of another kind, or the catalog has none.</summary>
    /// <param name="definition">Its full name: <c>app.bsky.actor.defs#preferences</c>.</param>
    public IReadOnlyList<string> VariantsOf(string definition) => catalog.Find(definition) is ArraySchema { Items: UnionSchema union } ? union.Variants : [];

    /// <summary>The data with their defaults; as they are where the catalog does not have the definition.</summary>
    /// <param name="definition">Its full name.</param>
    /// <param name="data">What was sent.</param>
    /// <param name="path">Where the data lie in the request, for the message.</param>
    /// <exception cref="InvalidRecordException">The definition does not allow them.</exception>
    public LexValue Read(string definition, LexValue data, string path)
    {
        if (catalog.Find(definition) is not { } schema) return data;

        var complete = schema.Complete(data, catalog);
        return schema.Check(complete, catalog, depth: 1) is { } issue ? throw new InvalidRecordException(issue.ToString(path)) : complete;
    }
}
