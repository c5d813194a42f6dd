using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A record as it is stored.</summary>
/// <param name="Content">Its DAG-CBOR.</param>
/// <param name="TakedownRef">Set while it is taken down: hidden from queries, kept in the repo.</param>
public sealed record StoredRecord(RecordPath Path, Cid Cid, ReadOnlyMemory<byte> Content, string? TakedownRef = null);

/// <summary>A record and the rev of the commit that wrote it so.</summary>
public sealed record WrittenRecord(StoredRecord Record, Tid Rev);

/// <summary>What a repo has that was written after a rev.</summary>
/// <param name="Newest">Records that are not taken down, the newest first; no more than were asked for.</param>
/// <param name="HasOlder">Whether there is any record that was written by that rev. In a repo that was brought along at once, and since, there is none.</param>
public sealed record RecordsSince(IReadOnlyList<WrittenRecord> Newest, bool HasOlder);

/// <summary>The records of every repo, by path.</summary>
public interface IRecordIndex
{
    ValueTask<StoredRecord?> FindAsync(Did did, RecordPath path, CancellationToken ct);

    /// <summary>The records of a collection that are not taken down, newest key first unless <paramref name="reverse"/>, from after the cursor on.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ListAsync(Did did, Nsid collection, RecordKey? cursor, int limit, bool reverse, CancellationToken ct);

    ValueTask<IReadOnlyList<Nsid>> ListCollectionsAsync(Did did, CancellationToken ct);

    /// <summary>The records of a collection with that subject.</summary>
    ValueTask<IReadOnlyList<RecordPath>> FindBySubjectAsync(Did did, Nsid collection, string subject, CancellationToken ct);

    /// <summary>What was written after a rev and is still there.</summary>
    ValueTask<RecordsSince> ListSinceAsync(Did did, Tid rev, int limit, CancellationToken ct);

    /// <summary>Takes the record of a path down, whichever version is there, or with null puts it back; saved with the unit of work. A later version stays down, a deleted record does not.</summary>
    void SetTakedown(Did did, RecordPath path, string? takedownRef);
}
