using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Errors;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Accounts. Finding one is part of nearly every request, so that is prepared SQL; the rest is EF.</summary>
internal sealed class EfAccountStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork, ReadConnections reads) : IAccountStore
{
    private const string Columns =
        "SELECT did, handle, email, created_at, email_confirmed_at, deactivated_at, delete_after, takedown_ref, invites_disabled, email_auth_factor, sessions_valid_from, invite_note FROM account";

    public ValueTask<Account?> FindAsync(Did did, CancellationToken ct) => ValueTask.FromResult(Find($"{Columns} WHERE did = @0", did.Value));

    public ValueTask<Account?> FindAsync(Handle handle, CancellationToken ct) => ValueTask.FromResult(Find($"{Columns} WHERE handle = @0", handle.Value));

    public Task<Account?> FindByEmailAsync(string email, CancellationToken ct) =>
        Task.FromResult(Find($"{Columns} WHERE email_key = @0", KeyOf(email)));

    public Task<IReadOnlyList<Account>> ListAsync(string? email, AccountCursor? after, int limit, CancellationToken ct)
    {
        const string From = $"{Columns} WHERE (created_at > @0 OR (created_at = @0 AND did > @1))";
        const string InOrder = "ORDER BY created_at, did LIMIT @2";

        using var read = reads.Rent();
        var (createdAt, did) = (after?.CreatedAt.ToUnixTimeMilliseconds() ?? -1, after?.Did.Value ?? "");
        using var rows = email is null
            ? read.Sql.Query($"{From} {InOrder}", createdAt, did, limit)
            : read.Sql.Query($"{From} AND email_key LIKE @3 ESCAPE '!' {InOrder}", createdAt, did, limit, $"%{Escape(KeyOf(email))}%");

        var page = new List<Account>();
        while (rows.Read()) page.Add(Map(rows));
        return Task.FromResult<IReadOnlyList<Account>>(page);
    }

    public Task<long> CountAsync(CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult((long)read.Sql.Scalar("SELECT COUNT(*) FROM account")!);
    }

    public Task<string?> FindPasswordHashAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult((string?)read.Sql.Scalar("SELECT password_hash FROM account WHERE did = @0", did.Value));
    }

    public void Add(Account account, string? passwordHash)
    {
        var row = new AccountRow { Did = account.Did, CreatedAt = account.CreatedAt, PasswordHash = passwordHash };
        Fill(row, account);
        context.Value.Accounts.Add(row);
        unitOfWork.Buffer(sql => EnsureFree(sql, account.Did));
    }

    public async Task<Account> ChangeAsync(Did did, Func<Account, Account> change, CancellationToken ct)
    {
        var row = await context.Value.Accounts.SingleOrDefaultAsync(account => account.Did == did, ct) ?? throw new KeyNotFoundException($"No account {did}");
        var changed = change(Map(row));
        Fill(row, changed);
        return changed;
    }

    public async Task SetPasswordHashAsync(Did did, string passwordHash, CancellationToken ct) =>
        (await context.Value.Accounts.SingleAsync(account => account.Did == did, ct)).PasswordHash = passwordHash;

    /// <summary>A DID that comes back is not to be mixed up with what is still being removed of it.</summary>
    private static void EnsureFree(PreparedConnection sql, Did did)
    {
        if (SqlAccountEraser.IsUnfinished(sql, did))
            throw XrpcException.InvalidRequest("What this account kept here before is still being removed: try again in a while");
    }

    private Account? Find(string sql, string value)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(sql, value);
        return row.Read() ? Map(row) : null;
    }

    private static Account Map(DbDataReader row) => new(
        Did.Parse(row.GetString(0)),
        row.IsDBNull(1) ? null : Handle.Parse(row.GetString(1)),
        row.IsDBNull(2) ? null : row.GetString(2),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        Moment(row, 4), Moment(row, 5), Moment(row, 6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.GetInt64(8) != 0, row.GetInt64(9) != 0, Moment(row, 10),
        row.IsDBNull(11) ? null : row.GetString(11));

    private static Account Map(AccountRow row) => new(
        row.Did, row.Handle, row.Email, row.CreatedAt, row.EmailConfirmedAt, row.DeactivatedAt, row.DeleteAfter,
        row.TakedownRef, row.InvitesDisabled, row.EmailAuthFactor, row.SessionsValidFrom, row.InviteNote);

    private static void Fill(AccountRow row, Account account)
    {
        row.Handle = account.Handle;
        row.Email = account.Email;
        row.EmailKey = account.Email is { } email ? KeyOf(email) : null;
        row.EmailConfirmedAt = account.EmailConfirmedAt;
        row.DeactivatedAt = account.DeactivatedAt;
        row.DeleteAfter = account.DeleteAfter;
        row.TakedownRef = account.TakedownRef;
        row.InvitesDisabled = account.InvitesDisabled;
        row.EmailAuthFactor = account.EmailAuthFactor;
        row.SessionsValidFrom = account.SessionsValidFrom;
        row.InviteNote = account.InviteNote;
    }

    private static DateTimeOffset? Moment(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string Escape(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private static string KeyOf(string email) => EmailAddress.Fold(email);
}
