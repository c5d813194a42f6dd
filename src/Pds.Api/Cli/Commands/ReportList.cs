using System.CommandLine;
using System.Text.Json;

namespace Pds.Api.Cli.Commands;

/// <summary><c>report list</c>: what users have reported to the operator, newest first.</summary>
internal sealed class ReportList : RemoteVerb
{
    private const int PageSize = 100;
    private const int ReasonWidth = 60;

    private readonly Option<bool> _all = new("--all") { Description = "Those that are closed too" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Only those about this: a DID, or the AT-URI of a record" };

    public ReportList() : base("list", "List the reports that are open, newest first")
    {
        Add(_all);
        Add(_subject);
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var status = arguments.GetValue(_all) ? "all" : "open";
        var reports = await server.ListAsync("local.pds.admin.listReports", "reports", ct, ("status", status), ("subject", arguments.GetValue(_subject)), ("limit", PageSize)).ToListAsync(ct);
        output.Table(["Report", "When", "Closed", "For", "About", "In their words"], reports.Select(Row), reports);
    }

    internal static string SubjectOf(JsonElement report) => report.GetProperty("subject") is var subject && subject.TextOf("uri") is { Length: > 0 } uri ? uri : subject.TextOf("did");

    /// <summary>The token's own name.</summary>
    internal static string ReasonOf(JsonElement report) => report.TextOf("reasonType").Split('#')[^1];

    private static string[] Row(JsonElement report)
    {
        var reason = report.TextOf("reason");
        return [report.TextOf("id"), report.TimeOf("createdAt"), report.DayOf("closedAt"), ReasonOf(report), SubjectOf(report), reason.Length <= ReasonWidth ? reason : $"{reason[..ReasonWidth]}…"];
    }
}
