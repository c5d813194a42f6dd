using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Accounts. Finding one is part of nearly every request, so that is prepared SQL; the rest is EF.</summary>
internal sealed class EfAccountStore(LazyPdsDbContext context, ReadConnections reads) : IAccountStore
{
    private const string Columns =
        "SELECT did, handle, email, created_at, email_confirmed_at, deactivated_at, delete_after, takedown_ref, invites_disabled, email_auth_factor, sessions_valid_from, invite_note FROM account";

    public ValueTask<Account?> FindAsync(Did did, CancellationToken ct) => ValueTask.FromResult(Find($"{Columns} WHERE did = @0", did.Value));

    public ValueTask<Account?> FindAsync(Handle handle, CancellationToken ct) => ValueTask.FromResult(Find($"{Columns} WHERE handle = @0", handle.Value));

    public Task<Account?> FindByEmailAsync(string email, CancellationToken ct) =>
        Task.FromResult(Find($"{Columns} WHERE email_key = @0", KeyOf(email)));

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

    private static string KeyOf(string email) => EmailAddress.Fold(email);
}
