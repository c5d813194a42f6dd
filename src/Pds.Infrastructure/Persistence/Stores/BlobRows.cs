using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>What a commit does to blobs: mentions come and go, a first mention makes a blob permanent, the last one's end removes it.</summary>
internal static class BlobRows
{
    public static void Write(PreparedConnection sql, RepoCommit commit, List<Cid> orphans)
    {
        var did = commit.Did;
        var released = new HashSet<Cid>();
        foreach (var record in commit.Records) Release(sql, did, record.Path.ToString(), released);
        foreach (var record in commit.Records)
        {
            foreach (var blob in record.Blobs) Mention(sql, did, record.Path.ToString(), blob, commit.Change.Commit.Rev.ToColumn());
        }

        // After the new mentions: a blob that moved from one record to another stays.
        foreach (var blob in released)
        {
            var removed = sql.Execute(
                "DELETE FROM repo_blob WHERE did = @0 AND cid = @1 AND takedown_ref IS NULL AND NOT EXISTS (SELECT 1 FROM repo_blob_ref WHERE did = @0 AND cid = @1)",
                did.Value, blob.ToBytes());
            if (removed > 0) orphans.Add(blob);
        }
    }

    private static void Release(PreparedConnection sql, Did did, string path, HashSet<Cid> released)
    {
        using (var rows = sql.Query("SELECT cid FROM repo_blob_ref WHERE did = @0 AND path = @1", did.Value, path))
        {
            while (rows.Read()) released.Add(rows.GetCid(0));
        }

        if (released.Count > 0) sql.Execute("DELETE FROM repo_blob_ref WHERE did = @0 AND path = @1", did.Value, path);
    }

    private static void Mention(PreparedConnection sql, Did did, string path, Cid blob, long rev)
    {
        sql.Execute("INSERT INTO repo_blob_ref (did, path, cid, rev) VALUES (@0, @1, @2, @3)", did.Value, path, blob.ToBytes(), rev);
        sql.Execute("UPDATE repo_blob SET temporary_since = NULL WHERE did = @0 AND cid = @1", did.Value, blob.ToBytes());
    }
}
