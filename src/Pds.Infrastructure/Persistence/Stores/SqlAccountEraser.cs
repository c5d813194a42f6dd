using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Removes accounts by plain statements: what is removed is not worth reading first.</summary>
/// <remarks>
/// Which tables are private is not listed but known by their form: every one named <c>account…</c> that has a <c>did</c>. One that is added later is
/// cleared with the others. Repos, blobs and events can be large, so each has a statement of its own here, which removes some rows and is run again.
/// </remarks>
internal sealed class SqlAccountEraser(
    LazyPdsDbContext context, EfUnitOfWork unitOfWork, GroupCommit writer, ReadConnections reads, ReadyKeys keys, IdentityCache identities) : IAccountEraser
{
    private const string Private = "account";

    /// <summary>Each removes some rows of the account <c>@0</c> beside its repo, a few milliseconds' worth: frames are the largest, so fewer of them go at a time.</summary>
    private static readonly string[] Some =
    [
        """
        DELETE FROM repo_event WHERE seq IN (
            SELECT e.seq FROM repo_removal g JOIN repo_event e ON e.did = g.did AND e.seq <= g.last_seq WHERE g.did = @0 LIMIT 20)
        """,
        """
        DELETE FROM repo_blob WHERE did = @0 AND cid IN (
            SELECT b.cid FROM repo_removal g JOIN repo_blob b ON b.did = g.did WHERE g.did = @0 LIMIT 100)
        """,
    ];

    public void Erase(Did did)
    {
        var tables = FindPrivateTables(context.Value.Model);
        string? handle = null;
        unitOfWork.Buffer(sql => handle = Erase(sql, did, tables));
        unitOfWork.AfterSave(_ =>
        {
            keys.Forget(did);
            identities.Documents.Forget(did);
            if (handle is not null) identities.Handles.Forget(Handle.Parse(handle));
            return Task.CompletedTask;
        });
    }

    public Task<IReadOnlyList<Did>> ListDueAsync(DateTimeOffset moment, int limit, CancellationToken ct) => ReadAsync(
        """
        SELECT did FROM account WHERE delete_after IS NOT NULL AND delete_after <= @0 AND deactivated_at IS NOT NULL AND takedown_ref IS NULL
        ORDER BY delete_after LIMIT @1
        """,
        moment.ToUnixTimeMilliseconds(), limit);

    public Task<IReadOnlyList<Did>> ListUnfinishedAsync(CancellationToken ct) => ReadAsync("SELECT did FROM repo_removal");

    public Task<bool> IsUnfinishedAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult(IsUnfinished(read.Sql, did));
    }

    public async Task<bool> RemoveSomeAsync(Did did, CancellationToken ct)
    {
        var removed = false;
        await WriteAsync(sql => removed = RemoveSomeOfRepo(sql, did) || Some.Any(statement => sql.Execute(statement, did.Value) > 0));
        return removed;
    }

    public Task FinishAsync(Did did, CancellationToken ct) => WriteAsync(sql => sql.Execute("DELETE FROM repo_removal WHERE did = @0", did.Value));

    /// <summary>Whether rows of an earlier account of that DID are still to be removed.</summary>
    internal static bool IsUnfinished(PreparedConnection sql, Did did) => sql.Scalar("SELECT 1 FROM repo_removal WHERE did = @0", did.Value) is not null;

    private static bool RemoveSomeOfRepo(PreparedConnection sql, Did did) =>
        sql.Scalar("SELECT repo_id FROM repo_removal WHERE did = @0", did.Value) is long repo && RepoRows.RemoveSome(sql, repo);

    private static string[] FindPrivateTables(IModel model) =>
    [
        .. model.GetEntityTypes().Where(entity => entity.FindProperty(nameof(AccountRow.Did)) is not null).Select(entity => entity.GetTableName()!)
            .Where(table => table.StartsWith(Private, StringComparison.Ordinal)),
    ];

    /// <returns>The handle that the account had.</returns>
    private static string? Erase(PreparedConnection sql, Did did, string[] tables)
    {
        var handle = (string?)sql.Scalar("SELECT handle FROM account WHERE did = @0", did.Value);
        foreach (var table in tables)
        {
            var removed = sql.Execute($"DELETE FROM {table} WHERE did = @0", did.Value);
            if (removed == 0 && table == Private) throw XrpcException.AccountNotFound();
        }

        sql.Execute(
            """
            INSERT INTO repo_removal (did, repo_id, last_seq)
            VALUES (@0, (SELECT id FROM repo WHERE did = @0), coalesce((SELECT max(seq) FROM repo_event WHERE did = @0), 0))
            """,
            did.Value);
        sql.Execute("DELETE FROM repo WHERE did = @0", did.Value);
        sql.Execute("UPDATE report SET reported_by = NULL WHERE reported_by = @0", did.Value); // what was reported is still to be looked at
        return handle;
    }

    private Task<IReadOnlyList<Did>> ReadAsync(string sql, params ReadOnlySpan<object?> values)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query(sql, values);
        var dids = new List<Did>();
        while (rows.Read()) dids.Add(Did.Parse(rows.GetString(0)));
        return Task.FromResult<IReadOnlyList<Did>>(dids);
    }

    /// <summary>A save of its own: it comes after the one that began the removal, and has nothing to do with what the unit of work may hold.</summary>
    private Task WriteAsync(Action<PreparedConnection> step) => writer.SaveAsync(new PendingSave(context: null, [step], events: []));
}
