using Pds.Application.Moderation.Reports;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin.Reports;

/// <summary>A report as the operator sees it.</summary>
/// <param name="ReportedBy">Absent where that account has been deleted since.</param>
/// <param name="ModTool">The program that it was made with.</param>
/// <param name="ClosedAt">Absent while it is open.</param>
/// <param name="Note">What the operator wrote when closing it.</param>
public sealed record ReportView(
    long Id, AtDatetime CreatedAt, string ReasonType, string? Reason, ReportSubject Subject, Did? ReportedBy, string? ModTool, AtDatetime? ClosedAt, string? Note)
{
    internal static ReportView Of(Report report) => new(
        report.Id, AtDatetime.Of(report.CreatedAt), report.ReasonType, report.Reason, report.Subject, report.ReportedBy, report.Tool,
        report.Closing is { } closing ? AtDatetime.Of(closing.ClosedAt) : null, report.Closing?.Note);
}
