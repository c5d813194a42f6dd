using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>report show</c>: one report whole, and what has become of its subject.</summary>
internal sealed class ReportShow : RemoteVerb
{
    private readonly Argument<long> _id = new("report") { Description = "Its number" };

    public ReportShow() : base("show", "Show one report, and what it is about") => Add(_id);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var answer = await server.QueryAsync("local.pds.admin.getReport", ct, ("id", arguments.GetRequiredValue(_id)));
        var report = answer.GetProperty("report");

        var isOfAccount = report.GetProperty("subject").TextOf("uri").Length == 0;
        var seen = report.GetProperty("subject").TextOf("cid");
        var rows = new (string Name, string Value)[]
        {
            ("Report", report.TextOf("id")), ("When", report.TimeOf("createdAt")), ("For", report.TextOf("reasonType")), ("In their words", report.TextOf("reason")),
            ("By", report.TextOf("reportedBy") is { Length: > 0 } did ? $"{answer.TextOf("reporterHandle")} ({did})" : "an account that has been deleted"), ("With", report.TextOf("modTool")),
            ("About", ReportList.SubjectOf(report)), ("Whose", answer.TextOf("subjectHandle") is { Length: > 0 } handle ? $"{handle}, {answer.TextOf("subjectStatus")}" : "an account that has been deleted"),
            ("Record", isOfAccount ? "" : answer.TryGetProperty("record", out var record) ? record.GetRawText() : "is not there any more"),
            ("Edited since", !isOfAccount && answer.TextOf("recordCid") is { Length: > 0 } now && now != seen ? "yes" : ""),
            ("Taken down", answer.TextOf("takedownRef")), ("Closed", report.TimeOf("closedAt")), ("Note", report.TextOf("note")),
        };
        output.Table(["", ""], rows.Where(row => row.Value.Length > 0).Select(row => new[] { row.Name, row.Value }), answer);
    }
}
