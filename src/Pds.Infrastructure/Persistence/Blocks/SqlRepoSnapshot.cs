using System.Data.Common;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Stores;

namespace Pds.Infrastructure.Persistence.Blocks;

/// <summary>A read transaction on a connection of its own: the repo at the moment the transaction began.</summary>
internal sealed class SqlRepoSnapshot : IRepoSnapshot
{
    /// <summary>About two megabytes: the tree of some ten thousand records.</summary>
    private const int NodesAhead = 4096;

    private readonly ReadConnections.Lease _lease;
    private Dictionary<Cid, byte[]>? _ahead;
    private DbDataReader? _records;

    private SqlRepoSnapshot(ReadConnections.Lease lease, StoredRepo repo) => (_lease, Repo) = (lease, repo);

    public StoredRepo Repo { get; }

    private PreparedConnection Sql => _lease.Sql;

    /// <summary>Takes over the lease; gives it back at once where there is no such repo.</summary>
    public static SqlRepoSnapshot? Open(ReadConnections.Lease lease, Did did)
    {
        lease.Sql.Execute("BEGIN");
        if (EfRepoStore.Find(lease.Sql, did) is { } repo) return new SqlRepoSnapshot(lease, repo);
        Release(lease);
        return null;
    }

    public bool HoldsCheckedNodes => true;

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        if (_ahead?.TryGetValue(cid, out var read) != true)
            return TryRead("SELECT content FROM repo_node WHERE repo_id = @0 AND cid = @1", cid, out block);
        block = read;
        return true;
    }

    public void ReadAhead()
    {
        _ahead = [];
        using var rows = Sql.Query("SELECT cid, content FROM repo_node WHERE repo_id = @0 LIMIT @1", Repo.Id, NodesAhead);
        while (rows.Read()) _ahead.Add(rows.GetCid(0), rows.GetFieldValue<byte[]>(1));
    }

    public bool TryGetRecord(Cid cid, out ReadOnlyMemory<byte> record) =>
        TryRead("SELECT content FROM repo_record WHERE repo_id = @0 AND cid = @1 LIMIT 1", cid, out record);

    public bool TryNextRecord(out Block record)
    {
        _records ??= Sql.Query("SELECT cid, content FROM repo_record WHERE repo_id = @0 ORDER BY path", Repo.Id);
        var found = _records.Read();
        record = found ? new Block(_records.GetCid(0), _records.GetFieldValue<byte[]>(1)) : default;
        return found;
    }

    public IEnumerable<Block> BlocksSince(Tid rev) =>
        ReadSince("SELECT cid, content FROM repo_node WHERE repo_id = @0 AND rev > @1", rev)
            .Concat(ReadSince("SELECT cid, content FROM repo_record WHERE repo_id = @0 AND rev > @1", rev));

    public void Dispose()
    {
        _records?.Dispose();
        Release(_lease);
    }

    private bool TryRead(string sql, Cid cid, out ReadOnlyMemory<byte> block)
    {
        using var row = Sql.Query(sql, Repo.Id, cid.ToBytes());
        var found = row.Read();
        block = found ? row.GetFieldValue<byte[]>(0) : default;
        return found;
    }

    private IEnumerable<Block> ReadSince(string sql, Tid rev)
    {
        using var rows = Sql.Query(sql, Repo.Id, rev.ToColumn());
        while (rows.Read()) yield return new Block(rows.GetCid(0), rows.GetFieldValue<byte[]>(1));
    }

    private static void Release(ReadConnections.Lease lease)
    {
        lease.Sql.Execute("COMMIT");
        lease.Dispose();
    }
}
