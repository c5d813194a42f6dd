using Pds.Application.Errors;
using Pds.Application.Moderation.Reports;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A report as it comes in.</summary>
/// <param name="Subject">What it is about, by its DID.</param>
/// <param name="Tool">The program that it was made with; null where that is not known.</param>
public sealed record NewReport(DateTimeOffset CreatedAt, string ReasonType, string? Reason, ReportSubject Subject, Did ReportedBy, string? Tool);

/// <summary>What the operator made of a report.</summary>
public sealed record ReportClosing(DateTimeOffset ClosedAt, string? Note);

/// <summary>A report as it is kept.</summary>
/// <param name="Id">Later ones have larger ones.</param>
/// <param name="ReportedBy">Null where the account has been deleted since.</param>
/// <param name="Closing">Null while it is open.</param>
public sealed record Report(
    long Id, DateTimeOffset CreatedAt, string ReasonType, string? Reason, ReportSubject Subject, Did? ReportedBy, string? Tool, ReportClosing? Closing);

/// <summary>Which reports are meant.</summary>
/// <param name="IsOpen">Only those that are open, or only those that are not; null for either.</param>
/// <param name="Subject">Only those about this: an account by its DID, its records too, or one record by its AT-URI. Null for anything.</param>
public sealed record ReportFilter(bool? IsOpen = null, string? Subject = null);

/// <summary>The reports that this server keeps for its operator.</summary>
public interface IReportStore
{
    /// <summary>Adds a report and saves: the answer is its number.</summary>
    Task<long> AddAsync(NewReport report, CancellationToken ct);

    Task<Report?> FindAsync(long id, CancellationToken ct);

    /// <summary>Reports, newest first, from before a number on.</summary>
    Task<IReadOnlyList<Report>> ListAsync(ReportFilter filter, long? before, int limit, CancellationToken ct);

    /// <summary>Closes a report; saved with the unit of work, which fails if it is not open then.</summary>
    /// <exception cref="XrpcException">InvalidRequest, when it is saved.</exception>
    void Close(long id, ReportClosing closing);
}
