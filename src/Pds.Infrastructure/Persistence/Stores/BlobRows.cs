using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>What becomes of blobs when records change: mentions come and go, a first mention makes a blob permanent, the last one's end removes it.</summary>
internal static class BlobRows
{
    public static void Write(PreparedConnection sql, long repo, RepoCommit commit, List<Cid> orphans)
    {
        var did = commit.Did;
        var released = new HashSet<Cid>();
        foreach (var record in commit.Records) Release(sql, repo, record.Path.ToString(), released);
        foreach (var record in commit.Records)
        {
            RepoRows.Mention(sql, repo, commit.Change.Commit.Rev.ToColumn(), record);
            foreach (var blob in record.Blobs)
                sql.Execute("UPDATE repo_blob SET temporary_since = NULL WHERE did = @0 AND cid = @1", did.Value, blob.ToBytes());
        }

        // After the new mentions: a blob that moved from one record to another stays.
        foreach (var blob in released)
        {
            var removed = sql.Execute(
                "DELETE FROM repo_blob WHERE did = @0 AND cid = @2 AND takedown_ref IS NULL AND NOT EXISTS (SELECT 1 FROM repo_blob_ref WHERE repo_id = @1 AND cid = @2)",
                did.Value, repo, blob.ToBytes());
            if (removed > 0) orphans.Add(blob);
        }
    }

    /// <summary>Another repo is the account's now: what its records mention is permanent, and what only the one before mentioned is temporary from <paramref name="now"/> on.</summary>
    public static void Follow(PreparedConnection sql, Did did, long? before, long after, long now)
    {
        sql.Execute(
            "UPDATE repo_blob SET temporary_since = NULL WHERE did = @0 AND temporary_since IS NOT NULL AND cid IN (SELECT cid FROM repo_blob_ref WHERE repo_id = @1)",
            did.Value, after);
        if (before is not { } old) return;
        sql.Execute(
            """
            UPDATE repo_blob SET temporary_since = @3 WHERE did = @0 AND temporary_since IS NULL AND takedown_ref IS NULL
                AND cid IN (SELECT cid FROM repo_blob_ref WHERE repo_id = @1 EXCEPT SELECT cid FROM repo_blob_ref WHERE repo_id = @2)
            """,
            did.Value, old, after, now);
    }

    private static void Release(PreparedConnection sql, long repo, string path, HashSet<Cid> released)
    {
        using (var rows = sql.Query("SELECT cid FROM repo_blob_ref WHERE repo_id = @0 AND path = @1", repo, path))
        {
            while (rows.Read()) released.Add(rows.GetCid(0));
        }

        if (released.Count > 0) sql.Execute("DELETE FROM repo_blob_ref WHERE repo_id = @0 AND path = @1", repo, path);
    }
}
