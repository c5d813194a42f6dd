using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>Holds records against the lexicons of a catalog. Looks only; a record is stored as it was sent.</summary>
/// <remarks>https://atproto.com/specs/lexicon. Fields that a lexicon does not mention are allowed, as the language wants it.</remarks>
public sealed class RecordValidator(LexiconCatalog catalog)
{
    /// <param name="path">Where the record lies in the request, for the message: <c>record</c>, or <c>writes[3].record</c> in a batch.</param>
    /// <exception cref="InvalidRecordException">The lexicon is known and does not allow this record, or this key for it.</exception>
    public ValidationStatus Validate(Nsid collection, RecordKey rkey, LexObject record, string path = "record")
    {
        if (catalog.FindRecord(collection) is not { } schema) return ValidationStatus.Unknown;

        if (schema.Key.Check(rkey) is { } badKey)
            throw new InvalidRecordException($"Invalid record key for {collection}: {badKey.ToString("$")}");
        if (schema.Check(record, catalog, depth: 1) is { } issue)
            throw new InvalidRecordException($"Invalid {collection} record: {issue.ToString($"$.{path}")}");

        return ValidationStatus.Valid;
    }
}
