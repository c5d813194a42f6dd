using MediatR;
using Pds.Application.Errors;
using Pds.Application.LocalPds.Admin.Paging;
using Pds.Application.LocalPds.Admin.Reports;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.listReports</c>: the reports that this server has taken for its operator, newest first.</summary>
/// <param name="Status"><c>open</c>, <c>closed</c> or <c>all</c>.</param>
/// <param name="Subject">Only those about this; where it is a DID, about the account's records too.</param>
/// <param name="Cursor">The last report of the page before.</param>
/// <param name="Limit">How many at most.</param>
public sealed record ListReports(string Status = "open", string? Subject = null, string? Cursor = null, [property: Between(1, 100)] int Limit = 50) : IQuery<ListReports.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<ReportView> Reports);

    internal sealed class Handler(IReportStore reports) : IRequestHandler<ListReports, Output>
    {
        public async Task<Output> Handle(ListReports query, CancellationToken ct)
        {
            var isOpen = query.Status switch
            {
                "open" => true,
                "closed" => false,
                "all" => (bool?)null,
                var other => throw XrpcException.InvalidRequest($"unknown status: {other}"),
            };
            var page = await reports.ListAsync(new ReportFilter(isOpen, query.Subject), NumberCursor.Parse(query.Cursor), query.Limit, ct);

            return new Output(page.Count > 0 ? NumberCursor.Of(page[^1].Id) : null, [.. page.Select(ReportView.Of)]);
        }
    }
}
