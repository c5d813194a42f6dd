using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Repos beside those of accounts. They become an account's by their number in its <c>repo</c> row: however large both are, that is a few statements.</summary>
internal sealed class SqlRepoStaging(EfUnitOfWork unitOfWork, GroupCommit writer, ReadConnections reads, TimeProvider time) : IRepoStaging
{
    public async Task<long> BeginAsync(CancellationToken ct)
    {
        var number = 0L;
        await WriteAsync(sql =>
        {
            // A row that comes and goes: its number is never given again.
            number = (long)sql.Scalar("""INSERT INTO repo (did, "commit", rev, data, commit_block) VALUES ('', x'', 0, x'', x'') RETURNING id""")!;
            sql.Execute("DELETE FROM repo WHERE id = @0", number);
            sql.Execute("INSERT INTO repo_left (repo_id) VALUES (@0)", number);
        });
        return number;
    }

    public Task AddAsync(long number, Tid rev, IReadOnlyList<Block> nodes, IReadOnlyList<RecordChange> records, CancellationToken ct) => WriteAsync(sql =>
    {
        foreach (var node in nodes) RepoRows.AddNode(sql, number, rev.ToColumn(), node);
        foreach (var record in records)
        {
            RepoRows.Write(sql, number, rev.ToColumn(), record);
            RepoRows.Mention(sql, number, rev.ToColumn(), record);
        }
    });

    public void Put(RepoReplacement replacement)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        unitOfWork.Buffer(sql => Put(sql, replacement, now));
    }

    public Task<IReadOnlyList<long>> ListLeftAsync(CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query("SELECT repo_id FROM repo_left ORDER BY repo_id");
        var numbers = new List<long>();
        while (rows.Read()) numbers.Add(rows.GetInt64(0));
        return Task.FromResult<IReadOnlyList<long>>(numbers);
    }

    public async Task<bool> RemoveSomeAsync(long number, CancellationToken ct)
    {
        var removed = false;
        await WriteAsync(sql =>
        {
            if (sql.Scalar("SELECT 1 FROM repo_left WHERE repo_id = @0", number) is null) return;
            removed = RepoRows.RemoveSome(sql, number);
            if (!removed) sql.Execute("DELETE FROM repo_left WHERE repo_id = @0", number);
        });
        return removed;
    }

    private static void Put(PreparedConnection sql, RepoReplacement replacement, long now)
    {
        var (number, before) = (replacement.Number, replacement.Before);
        var repo = before is null ? EfRepoStore.CreateRepo(sql, replacement.Did, replacement.Commit) : EfRepoStore.MoveHead(sql, before, replacement.Commit);
        sql.Execute("UPDATE repo SET id = @1 WHERE id = @0", repo, number);
        if (sql.Execute("DELETE FROM repo_left WHERE repo_id = @0", number) == 0) throw XrpcException.InvalidSwap("What was staged has been removed meanwhile");
        if (before is not null) Replace(sql, before.Id, number);
        BlobRows.Follow(sql, replacement.Did, before?.Id, number, now);
    }

    private static void Replace(PreparedConnection sql, long before, long after)
    {
        sql.Execute("INSERT INTO repo_left (repo_id) VALUES (@0)", before);
        sql.Execute(
            """
            UPDATE repo_record SET takedown_ref = (SELECT old.takedown_ref FROM repo_record old WHERE old.repo_id = @0 AND old.path = repo_record.path)
            WHERE repo_id = @1 AND path IN (SELECT path FROM repo_record WHERE repo_id = @0 AND takedown_ref IS NOT NULL)
            """,
            before, after);
    }

    /// <summary>A save of its own, whatever the unit of work may hold.</summary>
    private Task WriteAsync(Action<PreparedConnection> step) => writer.SaveAsync(new PendingSave(context: null, [step], events: []));
}
