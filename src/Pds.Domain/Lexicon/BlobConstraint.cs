using Pds.Domain.Data;
using Pds.Domain.Lexicon.Schemas;

namespace Pds.Domain.Lexicon;

/// <summary>A blob that a record mentions, and what the record's lexicon asks of it; <paramref name="Schema"/> is null where it asks nothing.</summary>
public sealed record BlobConstraint(BlobRef Blob, BlobSchema? Schema)
{
    /// <summary>Whether the uploaded blob itself may stand in this place, whatever the record says about it.</summary>
    public bool Allows(string mimeType, long size) => Schema is null || (Schema.Accepts(mimeType) && size <= (Schema.MaxSize ?? long.MaxValue));
}
