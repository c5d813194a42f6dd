using Pds.Application.Errors;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin.Reports;

internal static class ReportStoreExtensions
{
    /// <summary>The report of a number.</summary>
    /// <exception cref="XrpcException">NotFound.</exception>
    public static async Task<Report> RequireAsync(this IReportStore reports, long id, CancellationToken ct) =>
        await reports.FindAsync(id, ct) ?? throw XrpcException.NotFound("Report not found");
}
