using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A record as it is stored.</summary>
/// <param name="Content">Its DAG-CBOR.</param>
/// <param name="TakedownRef">Set while it is taken down: hidden from queries, kept in the repo.</param>
public sealed record StoredRecord(RecordPath Path, Cid Cid, ReadOnlyMemory<byte> Content, string? TakedownRef = null);

/// <summary>The records of every repo, by path.</summary>
public interface IRecordIndex
{
    ValueTask<StoredRecord?> FindAsync(Did did, RecordPath path, CancellationToken ct);

    /// <summary>The records of a collection that are not taken down, newest key first unless <paramref name="reverse"/>, from after the cursor on.</summary>
    Task<IReadOnlyList<StoredRecord>> ListAsync(Did did, Nsid collection, RecordKey? cursor, int limit, bool reverse, CancellationToken ct);

    Task<IReadOnlyList<Nsid>> ListCollectionsAsync(Did did, CancellationToken ct);

    /// <summary>The records of a collection with that subject.</summary>
    Task<IReadOnlyList<RecordPath>> FindBySubjectAsync(long repo, Nsid collection, string subject, CancellationToken ct);

    /// <summary>The blocks among these that are records of the repo.</summary>
    Task<IReadOnlyList<Block>> FindByCidAsync(long repo, IReadOnlyCollection<Cid> cids, CancellationToken ct);

    /// <summary>A cursor over all records in key order, on one connection: for exports.</summary>
    IRecordReader OpenRecords(long repo);

    /// <summary>The records that are newer than a rev, in no particular order.</summary>
    IAsyncEnumerable<Block> ReadRecordsSinceAsync(long repo, Tid since, CancellationToken ct);
}

/// <summary>Goes through a repo's records in key order.</summary>
public interface IRecordReader : IDisposable
{
    /// <summary>Steps to the next record; false at the end.</summary>
    bool TryNext(out Block record);
}
