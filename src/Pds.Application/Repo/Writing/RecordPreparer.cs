using Pds.Application.Errors;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Turns what a client sent into a write: names it, checks it against its lexicon, encodes it.</summary>
internal sealed class RecordPreparer(LexiconCatalog lexicons, RecordValidator validator, TidClock clock)
{
    /// <param name="place">Where the record lies in the request, for the message.</param>
    /// <exception cref="XrpcException">InvalidRequest: not the record that its collection wants.</exception>
    public PreparedWrite Create(Did did, Nsid collection, RecordKey? rkey, LexObject record, bool? validate, string place = "record") =>
        Prepare(RepoAction.Create, did, collection, rkey ?? RecordKey.Of(clock.Next()), record, validate, place);

    /// <inheritdoc cref="Create"/>
    public PreparedWrite Put(Did did, Nsid collection, RecordKey rkey, LexObject record, bool? validate, string place = "record") =>
        Prepare(RepoAction.Update, did, collection, rkey, record, validate, place);

    public static PreparedWrite Delete(Did did, Nsid collection, RecordKey rkey) => new()
    {
        Action = RepoAction.Delete,
        Uri = AtUri.Of(did, collection, rkey),
        Path = new RecordPath(collection, rkey),
    };

    private PreparedWrite Prepare(
        RepoAction action, Did did, Nsid collection, RecordKey rkey, LexObject record, bool? validate, string place)
    {
        var typed = WithType(record, collection);
        var (status, blobs) = Check(collection, rkey, typed, validate, place);
        return new PreparedWrite
        {
            Action = action,
            Uri = AtUri.Of(did, collection, rkey),
            Path = new RecordPath(collection, rkey),
            Record = Block.Of(DagCborWriter.Encode(typed)),
            Status = status,
            Blobs = blobs,
            Subject = RecordSubject.Of(collection, typed),
        };
    }

    private static LexObject WithType(LexObject record, Nsid collection)
    {
        if (!record.TryGet(LexObject.TypeKey, out _)) return record.With(LexObject.TypeKey, new LexString(collection.Value));
        return record.Type == collection.Value
            ? record
            : throw XrpcException.InvalidRequest($"Invalid $type: expected {collection}, got {record.Type}");
    }

    private (ValidationStatus? Status, IReadOnlyList<BlobConstraint> Blobs) Check(
        Nsid collection, RecordKey rkey, LexObject record, bool? validate, string place)
    {
        try
        {
            ValidationStatus? status = validate == false ? null : validator.Validate(collection, rkey, record, place);
            if (status == ValidationStatus.Unknown && validate == true) throw XrpcException.InvalidRequest($"Unknown lexicon type: {collection}");
            return (status, BlobConstraints.Find(lexicons, collection, record));
        }
        catch (InvalidRecordException invalid)
        {
            throw XrpcException.InvalidRequest(invalid.Message, invalid);
        }
    }
}
