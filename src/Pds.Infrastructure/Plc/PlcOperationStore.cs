using System.Data.Common;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Plc;

/// <summary>Where the embedded directory keeps its operations. It saves by itself: what it accepts is published, whatever becomes of the caller's own work.</summary>
internal sealed class PlcOperationStore(ReadConnections reads, GroupCommit writer)
{
    /// <summary>Everything accepted for a DID, the oldest first; empty for one that is unknown.</summary>
    public PlcLog Load(Did did)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            "SELECT created_at, did, operation, nullified FROM plc_operation WHERE did = @0 ORDER BY created_at", did.Value);
        List<PlcLogEntry> entries = [];
        while (rows.Read()) entries.Add(ReadEntry(rows));
        return new PlcLog(did, entries);
    }

    public IReadOnlyList<PlcExport> Export(DateTimeOffset after, int limit)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            "SELECT created_at, did, operation, nullified FROM plc_operation WHERE created_at > @0 ORDER BY created_at LIMIT @1",
            after.ToUnixTimeMilliseconds(), limit);
        List<PlcExport> page = [];
        while (rows.Read()) page.Add(new PlcExport(Did.Parse(rows.GetString(1)), ReadEntry(rows)));
        return page;
    }

    /// <summary>Adds an operation and strikes out others; ends when that is durable.</summary>
    public Task AddAsync(Did did, PlcOperation operation, IReadOnlyList<Cid> nullified, DateTimeOffset now) =>
        writer.SaveAsync(sql => Write(sql, did, operation, nullified, now));

    private static void Write(PreparedConnection sql, Did did, PlcOperation operation, IReadOnlyList<Cid> nullified, DateTimeOffset now)
    {
        foreach (var cid in nullified)
            sql.Execute("UPDATE plc_operation SET nullified = 1 WHERE did = @0 AND cid = @1", did.Value, cid.ToBytes());

        // Later than every other, whatever the clock does: readers of the export page by time alone.
        var last = (long?)sql.Scalar("SELECT max(created_at) FROM plc_operation") ?? 0;
        sql.Execute(
            "INSERT INTO plc_operation (created_at, did, cid, operation, nullified) VALUES (@0, @1, @2, @3, 0)",
            Math.Max(now.ToUnixTimeMilliseconds(), last + 1), did.Value, operation.Cid.ToBytes(), operation.Encode());
    }

    private static PlcLogEntry ReadEntry(DbDataReader row) => new(
        PlcOperation.FromLex(DagCborReader.DecodeObject(row.GetFieldValue<byte[]>(2))),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
        Nullified: row.GetBoolean(3));
}
