using System.Data.Common;
using Pds.Application.Ports;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Records by path: prepared SQL, as most of what clients ask a PDS comes through here.</summary>
internal sealed class EfRecordIndex(EfUnitOfWork unitOfWork, ReadConnections reads) : IRecordIndex
{
    // A collection's paths lie between "name/" and "name0": '0' is the character after '/'.
    private const string InCollection =
        "FROM repo_record r JOIN repo p ON p.id = r.repo_id WHERE p.did = @0 AND r.path > @1 AND r.path < @2 AND r.takedown_ref IS NULL";

    public ValueTask<StoredRecord?> FindAsync(Did did, RecordPath path, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(
            "SELECT r.cid, r.content, r.takedown_ref FROM repo_record r JOIN repo p ON p.id = r.repo_id WHERE p.did = @0 AND r.path = @1",
            did.Value, path.ToString());
        return ValueTask.FromResult(row.Read()
            ? new StoredRecord(path, row.GetCid(0), row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? null : row.GetString(2))
            : null);
    }

    public ValueTask<IReadOnlyList<StoredRecord>> ListAsync(
        Did did, Nsid collection, RecordKey? cursor, int limit, bool reverse, CancellationToken ct)
    {
        var (first, end) = ($"{collection}/", $"{collection}0");
        if (cursor is not null && reverse) first += cursor;
        else if (cursor is not null) end = first + cursor;

        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            reverse
                ? $"SELECT r.path, r.cid, r.content {InCollection} ORDER BY r.path LIMIT @3"
                : $"SELECT r.path, r.cid, r.content {InCollection} ORDER BY r.path DESC LIMIT @3",
            did.Value, first, end, limit);
        var records = new List<StoredRecord>(limit);
        while (rows.Read())
        {
            var rkey = RecordKey.Parse(rows.GetString(0)[(collection.Value.Length + 1)..]);
            records.Add(new StoredRecord(new RecordPath(collection, rkey), rows.GetCid(1), rows.GetFieldValue<byte[]>(2)));
        }

        return ValueTask.FromResult<IReadOnlyList<StoredRecord>>(records);
    }

    public ValueTask<IReadOnlyList<Nsid>> ListCollectionsAsync(Did did, CancellationToken ct)
    {
        // From each collection straight to the first path after it: as many look-ups as there are collections, however many records they have.
        using var read = reads.Rent();
        var collections = new List<Nsid>();
        var after = "";
        while (read.Sql.Scalar(
            "SELECT r.path FROM repo_record r JOIN repo p ON p.id = r.repo_id WHERE p.did = @0 AND r.path >= @1 ORDER BY r.path LIMIT 1",
            did.Value, after) is string path)
        {
            var collection = RecordPath.Parse(path).Collection;
            collections.Add(collection);
            after = $"{collection}0";
        }

        return ValueTask.FromResult<IReadOnlyList<Nsid>>(collections);
    }

    public ValueTask<IReadOnlyList<RecordPath>> FindBySubjectAsync(Did did, Nsid collection, string subject, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            "SELECT r.path FROM repo_record r JOIN repo p ON p.id = r.repo_id WHERE p.did = @0 AND r.subject = @1 AND r.path > @2 AND r.path < @3",
            did.Value, subject, $"{collection}/", $"{collection}0");
        return ValueTask.FromResult<IReadOnlyList<RecordPath>>(ReadPaths(rows));
    }

    public ValueTask<RecordsSince> ListSinceAsync(Did did, Tid rev, int limit, CancellationToken ct)
    {
        using var read = reads.Rent();
        var newest = new List<WrittenRecord>();
        using (var rows = read.Sql.Query(
            """
            SELECT r.path, r.cid, r.content, r.rev FROM repo_record r JOIN repo p ON p.id = r.repo_id
            WHERE p.did = @0 AND r.rev > @1 AND r.takedown_ref IS NULL ORDER BY r.rev DESC LIMIT @2
            """,
            did.Value, rev.ToColumn(), limit))
        {
            while (rows.Read())
                newest.Add(new WrittenRecord(new StoredRecord(RecordPath.Parse(rows.GetString(0)), rows.GetCid(1), rows.GetFieldValue<byte[]>(2)), rows.GetTid(3)));
        }

        var hasOlder = read.Sql.Scalar("SELECT 1 FROM repo_record r JOIN repo p ON p.id = r.repo_id WHERE p.did = @0 AND r.rev <= @1 LIMIT 1", did.Value, rev.ToColumn()) is not null;
        return ValueTask.FromResult(new RecordsSince(newest, hasOlder));
    }

    public void SetTakedown(Did did, RecordPath path, string? takedownRef) => unitOfWork.Buffer(sql => sql.Execute(
        "UPDATE repo_record SET takedown_ref = @2 WHERE repo_id = (SELECT id FROM repo WHERE did = @0) AND path = @1", did.Value, path.ToString(), takedownRef));

    private static List<RecordPath> ReadPaths(DbDataReader rows)
    {
        var paths = new List<RecordPath>();
        while (rows.Read()) paths.Add(RecordPath.Parse(rows.GetString(0)));
        return paths;
    }
}
