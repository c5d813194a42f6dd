using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>App passwords. Every request of a session that began with one asks whether it is still there, so finding is prepared SQL.</summary>
internal sealed class EfAppPasswordStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork, ReadConnections reads) : IAppPasswordStore
{
    private const string Columns = "SELECT id, did, name, privileged, hash, created_at FROM account_app_password";

    public AppPassword? Find(Did did, string id) => Find($"{Columns} WHERE id = @0 AND did = @1", id, did.Value);

    public AppPassword? Find(Did did, ReadOnlyMemory<byte> hash) => Find($"{Columns} WHERE did = @0 AND hash = @1", did.Value, hash.ToColumn());

    public async Task<IReadOnlyList<AppPassword>> ListAsync(Did did, CancellationToken ct) => await context.Value.AppPasswords.AsNoTracking()
        .Where(row => row.Did == did).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Name)
        .Select(row => new AppPassword(row.Id, row.Did, row.Name, row.Privileged, row.Hash, row.CreatedAt)).ToListAsync(ct);

    public void Add(AppPassword appPassword)
    {
        unitOfWork.RequireAccount(appPassword.Did);
        context.Value.AppPasswords.Add(new AppPasswordRow
        {
            Id = appPassword.Id,
            Did = appPassword.Did,
            Name = appPassword.Name,
            Privileged = appPassword.Privileged,
            Hash = appPassword.Hash.ToArray(),
            CreatedAt = appPassword.CreatedAt,
        });
    }

    public async Task SetHashAsync(AppPassword appPassword, ReadOnlyMemory<byte> hash, CancellationToken ct)
    {
        if (await context.Value.AppPasswords.FindAsync([appPassword.Id], ct) is { } row) row.Hash = hash.ToArray();
    }

    public async Task RemoveAsync(AppPassword appPassword, CancellationToken ct)
    {
        if (await context.Value.AppPasswords.FindAsync([appPassword.Id], ct) is { } row) context.Value.AppPasswords.Remove(row);
    }

    private AppPassword? Find(string sql, params ReadOnlySpan<object?> values)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(sql, values);
        return row.Read() ? Map(row) : null;
    }

    private static AppPassword Map(DbDataReader row) => new(
        row.GetString(0), Did.Parse(row.GetString(1)), row.GetString(2), row.GetInt64(3) != 0, row.GetFieldValue<byte[]>(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
