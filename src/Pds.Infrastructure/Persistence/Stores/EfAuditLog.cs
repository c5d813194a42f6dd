using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfAuditLog(LazyPdsDbContext context, ReadConnections reads) : IAuditLog
{
    private const string Columns = "SELECT id, at, actor, method, subject, detail FROM audit_entry WHERE id < @0";

    public void Append(AuditEntry entry) => context.Value.AuditEntries.Add(new AuditEntryRow
    {
        At = entry.At,
        Actor = entry.Actor,
        Method = entry.Method,
        Subject = entry.Subject,
        Detail = entry.Detail,
    });

    public Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ListAsync(string? subject, long? before, int limit, CancellationToken ct)
    {
        const string Newest = "ORDER BY id DESC LIMIT @1";

        using var read = reads.Rent();
        using var rows = subject is null
            ? read.Sql.Query($"{Columns} {Newest}", before ?? long.MaxValue, limit)
            : read.Sql.Query($"{Columns} {SubjectNames.Within("@2")} {Newest}", before ?? long.MaxValue, limit, subject);

        var page = new List<(long, AuditEntry)>();
        while (rows.Read())
        {
            page.Add((rows.GetInt64(0), new AuditEntry(
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)), rows.GetString(2), Nsid.Parse(rows.GetString(3)), rows.GetString(4),
                rows.IsDBNull(5) ? null : rows.GetString(5))));
        }

        return Task.FromResult<IReadOnlyList<(long, AuditEntry)>>(page);
    }
}
