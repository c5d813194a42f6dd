using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Heads, and the statements of one commit: a dozen rows, prepared, because every write of every user comes through here.</summary>
internal sealed class EfRepoStore(EfUnitOfWork unitOfWork, ReadConnections reads) : IRepoStore
{
    public ValueTask<StoredRepo?> FindAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        return ValueTask.FromResult(Find(read.Sql, did));
    }

    public void Save(RepoCommit commit)
    {
        var orphans = new List<Cid>();
        unitOfWork.Buffer(sql => Write(sql, commit, orphans));
        unitOfWork.AfterSave(ct => orphans.Count == 0 ? Task.CompletedTask : commit.OnBlobsOrphaned(orphans, ct));
    }

    public Task<RepoSize> CountAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(
            """
            SELECT 1 + (SELECT count(*) FROM repo_node n WHERE n.repo_id = p.id) + (SELECT count(*) FROM (SELECT DISTINCT r.cid FROM repo_record r WHERE r.repo_id = p.id) AS contents),
                (SELECT count(*) FROM repo_record r WHERE r.repo_id = p.id)
            FROM repo p WHERE p.did = @0
            """,
            did.Value);
        return Task.FromResult(row.Read() ? new RepoSize(row.GetInt64(0), row.GetInt64(1)) : default);
    }

    public Task<IReadOnlyList<RepoListing>> ListAsync(AccountCursor? after, int limit, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(
            """
            SELECT a.did, r."commit", r.rev, a.created_at, a.takedown_ref, a.deactivated_at
            FROM account a JOIN repo r ON r.did = a.did
            WHERE a.created_at > @0 OR (a.created_at = @0 AND a.did > @1)
            ORDER BY a.created_at, a.did LIMIT @2
            """,
            after?.CreatedAt.ToUnixTimeMilliseconds() ?? -1, after?.Did.Value ?? "", limit);

        var page = new List<RepoListing>();
        while (rows.Read())
        {
            var status = !rows.IsDBNull(4) ? AccountStatus.Takendown : !rows.IsDBNull(5) ? AccountStatus.Deactivated : AccountStatus.Active;
            page.Add(new RepoListing(
                Did.Parse(rows.GetString(0)), Cid.FromBytes(rows.GetFieldValue<byte[]>(1)), rows.GetTid(2), status,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(3))));
        }

        return Task.FromResult<IReadOnlyList<RepoListing>>(page);
    }

    internal static StoredRepo? Find(PreparedConnection sql, Did did)
    {
        using var row = sql.Query("""SELECT id, "commit", rev, data, commit_block FROM repo WHERE did = @0""", did.Value);
        return row.Read()
            ? new StoredRepo(row.GetInt64(0), did, new RepoHead(row.GetCid(1), row.GetTid(2), row.GetCid(3)), row.GetFieldValue<byte[]>(4))
            : null;
    }

    internal static long CreateRepo(PreparedConnection sql, Did did, Commit commit) => (long)sql.Scalar(
        """INSERT INTO repo (did, "commit", rev, data, commit_block) VALUES (@0, @1, @2, @3, @4) RETURNING id""",
        did.Value, commit.Cid.ToBytes(), commit.Rev.ToColumn(), commit.Data.ToBytes(), commit.Block.Bytes.ToColumn())!;

    internal static long MoveHead(PreparedConnection sql, StoredRepo before, Commit commit)
    {
        // The last line of defence: whoever slipped past the turns finds another rev than it read, and fails.
        var moved = sql.Execute(
            """UPDATE repo SET "commit" = @0, rev = @1, data = @2, commit_block = @3 WHERE id = @4 AND rev = @5""",
            commit.Cid.ToBytes(), commit.Rev.ToColumn(), commit.Data.ToBytes(), commit.Block.Bytes.ToColumn(), before.Id, before.Head.Rev.ToColumn());
        return moved == 1 ? before.Id : throw XrpcException.InvalidSwap("The repo has moved on meanwhile");
    }

    private static void Write(PreparedConnection sql, RepoCommit commit, List<Cid> orphans)
    {
        var repo = commit.Before is { } before ? MoveHead(sql, before, commit.Change.Commit) : CreateRepo(sql, commit.Did, commit.Change.Commit);
        var rev = commit.Change.Commit.Rev.ToColumn();

        foreach (var removed in commit.Change.Diff.Nodes.Removed) RepoRows.RemoveNode(sql, repo, removed);
        foreach (var node in commit.Change.Diff.Nodes.Added) RepoRows.AddNode(sql, repo, rev, node);
        foreach (var record in commit.Records) RepoRows.Write(sql, repo, rev, record);
        BlobRows.Write(sql, repo, commit, orphans);
    }
}
