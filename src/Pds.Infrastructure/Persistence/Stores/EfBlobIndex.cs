using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfBlobIndex(LazyPdsDbContext context, EfUnitOfWork unitOfWork, ReadConnections reads, TimeProvider time) : IBlobIndex
{
    public Task<StoredBlob?> FindAsync(Did did, Cid cid, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(
            "SELECT mime_type, size, created_at, temporary_since, takedown_ref FROM repo_blob WHERE did = @0 AND cid = @1", did.Value, cid.ToBytes());
        return Task.FromResult(row.Read()
            ? new StoredBlob(
                cid, row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                row.IsDBNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.IsDBNull(4) ? null : row.GetString(4))
            : null);
    }

    public Task<long> SumSizesAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query("SELECT COALESCE(SUM(size), 0) FROM repo_blob WHERE did = @0", did.Value);
        row.Read();
        return Task.FromResult(row.GetInt64(0));
    }

    public async Task PutAsync(Did did, StoredBlob blob, CancellationToken ct)
    {
        var row = await context.Value.Blobs.FindAsync([did, blob.Cid], ct);
        if (row is null)
        {
            context.Value.Blobs.Add(row = new BlobRow
            {
                Did = did,
                Cid = blob.Cid,
                MimeType = blob.MimeType,
                Size = blob.Size,
                CreatedAt = blob.CreatedAt,
            });
        }

        (row.MimeType, row.TemporarySince, row.TakedownRef) = (blob.MimeType, blob.TemporarySince, blob.TakedownRef);
    }

    public void SetTakedown(Did did, Cid cid, string? takedownRef) => unitOfWork.Buffer(sql =>
    {
        if (takedownRef is not null)
        {
            sql.Execute("UPDATE repo_blob SET takedown_ref = @2, temporary_since = NULL WHERE did = @0 AND cid = @1", did.Value, cid.ToBytes(), takedownRef);
            return;
        }

        sql.Execute(
            """
            UPDATE repo_blob SET takedown_ref = NULL,
                temporary_since = CASE WHEN EXISTS (SELECT 1 FROM repo_blob_ref m JOIN repo p ON p.id = m.repo_id WHERE p.did = @0 AND m.cid = @1) THEN NULL ELSE @2 END
            WHERE did = @0 AND cid = @1 AND takedown_ref IS NOT NULL
            """,
            did.Value, cid.ToBytes(), time.GetUtcNow().ToUnixTimeMilliseconds());
    });

    public Task<IReadOnlyList<Cid>> ListAsync(Did did, Tid? since, Cid? cursor, int limit, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            """
            SELECT DISTINCT m.cid FROM repo_blob_ref m JOIN repo p ON p.id = m.repo_id WHERE p.did = @0 AND m.rev > @1 AND m.cid > @2 ORDER BY m.cid LIMIT @3
            """,
            did.Value, since?.ToColumn() ?? -1L, cursor?.ToBytes() ?? [], limit);
        var cids = new List<Cid>();
        while (rows.Read()) cids.Add(rows.GetCid(0));
        return Task.FromResult<IReadOnlyList<Cid>>(cids);
    }

    public Task<IReadOnlyList<(Cid Cid, RecordPath Path)>> ListMissingAsync(Did did, Cid? cursor, int limit, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            """
            SELECT m.cid, min(m.path) FROM repo_blob_ref m JOIN repo p ON p.id = m.repo_id
            WHERE p.did = @0 AND m.cid > @1 AND NOT EXISTS (SELECT 1 FROM repo_blob b WHERE b.did = @0 AND b.cid = m.cid)
            GROUP BY m.cid ORDER BY m.cid LIMIT @2
            """,
            did.Value, cursor?.ToBytes() ?? [], limit);
        var missing = new List<(Cid, RecordPath)>();
        while (rows.Read()) missing.Add((rows.GetCid(0), RecordPath.Parse(rows.GetString(1))));
        return Task.FromResult<IReadOnlyList<(Cid, RecordPath)>>(missing);
    }

    public Task<bool> IsMentionedAsync(Did did, Cid cid, CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult(
            read.Sql.Scalar("SELECT 1 FROM repo_blob_ref m JOIN repo p ON p.id = m.repo_id WHERE p.did = @0 AND m.cid = @1 LIMIT 1", did.Value, cid.ToBytes()) is not null);
    }

    public Task<(long Mentioned, long Present)> CountAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(
            """
            SELECT (SELECT count(DISTINCT m.cid) FROM repo_blob_ref m JOIN repo p ON p.id = m.repo_id WHERE p.did = @0),
                (SELECT count(*) FROM repo_blob WHERE did = @0)
            """,
            did.Value);
        row.Read();
        return Task.FromResult((row.GetInt64(0), row.GetInt64(1)));
    }

    public async Task<IReadOnlyList<(Did Did, Cid Cid)>> ListExpiredAsync(DateTimeOffset moment, int limit, CancellationToken ct)
    {
        var rows = await context.Value.Blobs.AsNoTracking()
            .Where(blob => blob.TemporarySince != null && blob.TemporarySince < moment)
            .OrderBy(blob => blob.TemporarySince).Take(limit).Select(blob => new { blob.Did, blob.Cid }).ToListAsync(ct);
        return [.. rows.Select(row => (row.Did, row.Cid))];
    }

    public async Task<bool> RemoveTemporaryAsync(Did did, Cid cid, DateTimeOffset before, CancellationToken ct)
    {
        var removed = 0;
        unitOfWork.Buffer(sql => removed = sql.Execute(
            "DELETE FROM repo_blob WHERE did = @0 AND cid = @1 AND temporary_since < @2", did.Value, cid.ToBytes(), before.ToUnixTimeMilliseconds()));
        await unitOfWork.SaveChangesAsync(ct);
        return removed > 0;
    }
}
