using Pds.Application.Ports;
using Pds.Domain.Data;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>The rows of a repo, whichever account's it is and whether it is one's yet: nodes, records, and what the records mention.</summary>
internal static class RepoRows
{
    /// <summary>Each removes some rows of the repo <c>@0</c>, a few milliseconds' worth.</summary>
    private static readonly string[] Some =
    [
        "DELETE FROM repo_record WHERE id IN (SELECT id FROM repo_record WHERE repo_id = @0 LIMIT 100)",
        "DELETE FROM repo_node WHERE repo_id = @0 AND cid IN (SELECT cid FROM repo_node WHERE repo_id = @0 LIMIT 100)",
        "DELETE FROM repo_blob_ref WHERE repo_id = @0 AND (path, cid) IN (SELECT path, cid FROM repo_blob_ref WHERE repo_id = @0 LIMIT 100)",
    ];

    public static void AddNode(PreparedConnection sql, long repo, long rev, Block node) => sql.Execute(
        "INSERT INTO repo_node (repo_id, cid, rev, content) VALUES (@0, @1, @2, @3)", repo, node.Cid.ToBytes(), rev, node.Bytes.ToColumn());

    public static void RemoveNode(PreparedConnection sql, long repo, Cid node) =>
        sql.Execute("DELETE FROM repo_node WHERE repo_id = @0 AND cid = @1", repo, node.ToBytes());

    /// <summary>Sets or removes a record. What it mentions is apart: see <see cref="Mention"/>.</summary>
    public static void Write(PreparedConnection sql, long repo, long rev, RecordChange change)
    {
        var path = change.Path.ToString();
        if (change.Record is not { } record)
        {
            sql.Execute("DELETE FROM repo_record WHERE repo_id = @0 AND path = @1", repo, path);
            return;
        }

        sql.Execute(
            """
            INSERT INTO repo_record (repo_id, path, cid, rev, content, subject) VALUES (@0, @1, @2, @3, @4, @5)
            ON CONFLICT (repo_id, path) DO UPDATE SET cid = excluded.cid, rev = excluded.rev, content = excluded.content, subject = excluded.subject
            """,
            repo, path, record.Cid.ToBytes(), rev, record.Bytes.ToColumn(), change.Subject);
    }

    public static void Mention(PreparedConnection sql, long repo, long rev, RecordChange change)
    {
        foreach (var blob in change.Blobs)
            sql.Execute("INSERT INTO repo_blob_ref (repo_id, path, cid, rev) VALUES (@0, @1, @2, @3)", repo, change.Path.ToString(), blob.ToBytes(), rev);
    }

    /// <summary>Removes some of them.</summary>
    /// <returns>Whether there may be more.</returns>
    public static bool RemoveSome(PreparedConnection sql, long repo)
    {
        foreach (var statement in Some)
            if (sql.Execute(statement, repo) > 0) return true;
        return false;
    }
}
