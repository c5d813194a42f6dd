using System.Data.Common;
using Pds.Application.Errors;
using Pds.Application.Moderation.Reports;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Reports, by plain statements. Whether one is open is decided by the statement that closes it.</summary>
internal sealed class EfReportStore(EfUnitOfWork unitOfWork, ReadConnections reads) : IReportStore
{
    private const string Columns = "SELECT id, created_at, reason_type, reason, subject, subject_cid, reported_by, tool, closed_at, note FROM report";

    public async Task<long> AddAsync(NewReport report, CancellationToken ct)
    {
        var (subject, cid) = NameOf(report.Subject);
        var id = 0L;
        unitOfWork.RequireAccount(report.ReportedBy);
        unitOfWork.Buffer(sql => id = (long)sql.Scalar(
            "INSERT INTO report (created_at, reason_type, reason, subject, subject_cid, reported_by, tool) VALUES (@0, @1, @2, @3, @4, @5, @6) RETURNING id",
            report.CreatedAt.ToUnixTimeMilliseconds(), report.ReasonType, report.Reason, subject, cid?.ToBytes(), report.ReportedBy.Value, report.Tool)!);
        await unitOfWork.SaveChangesAsync(ct);
        return id;
    }

    public Task<Report?> FindAsync(long id, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query($"{Columns} WHERE id = @0", id);
        return Task.FromResult(rows.Read() ? Map(rows) : null);
    }

    public Task<IReadOnlyList<Report>> ListAsync(ReportFilter filter, long? before, int limit, CancellationToken ct)
    {
        const string Newest = "ORDER BY id DESC LIMIT @1";
        var state = filter.IsOpen switch { true => "AND closed_at IS NULL", false => "AND closed_at IS NOT NULL", null => "" };

        using var read = reads.Rent();
        using var rows = filter.Subject is null
            ? read.Sql.Query($"{Columns} WHERE id < @0 {state} {Newest}", before ?? long.MaxValue, limit)
            : read.Sql.Query($"{Columns} WHERE id < @0 {state} {SubjectNames.Within("@2")} {Newest}", before ?? long.MaxValue, limit, filter.Subject);

        var page = new List<Report>();
        while (rows.Read()) page.Add(Map(rows));
        return Task.FromResult<IReadOnlyList<Report>>(page);
    }

    public void Close(long id, ReportClosing closing) => unitOfWork.Buffer(sql =>
    {
        var closed = sql.Execute("UPDATE report SET closed_at = @1, note = @2 WHERE id = @0 AND closed_at IS NULL", id, closing.ClosedAt.ToUnixTimeMilliseconds(), closing.Note);
        if (closed == 0) throw XrpcException.InvalidRequest("The report is closed already");
    });

    private static (string Subject, Cid? Cid) NameOf(ReportSubject subject) => subject switch
    {
        ReportedAccount account => (account.Did.Value, null),
        ReportedRecord record => (record.Uri.ToString(), record.Cid),
        _ => throw new ArgumentException($"No report is kept about {subject.GetType().Name}", nameof(subject)),
    };

    private static Report Map(DbDataReader row)
    {
        var subject = row.GetString(4);
        return new Report(
            row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), Text(row, 3),
            row.IsDBNull(5) ? new ReportedAccount(Did.Parse(subject)) : new ReportedRecord(AtUri.Parse(subject), Cid.FromBytes(row.GetFieldValue<byte[]>(5))),
            Text(row, 6) is { } reporter ? Did.Parse(reporter) : null, Text(row, 7),
            row.IsDBNull(8) ? null : new ReportClosing(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)), Text(row, 9)));
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
