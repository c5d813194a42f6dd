using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>report close</c>: done with a report, whatever came of it.</summary>
internal sealed class ReportClose : RemoteVerb
{
    private readonly Argument<long> _id = new("report") { Description = "Its number" };
    private readonly Option<string?> _note = new("--note") { Description = "What came of it, for whoever looks later" };

    public ReportClose() : base("close", "Close a report")
    {
        Add(_id);
        Add(_note);
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var id = arguments.GetRequiredValue(_id);
        await server.ProcedureAsync("local.pds.admin.closeReport", new { id, note = arguments.GetValue(_note) }, ct);
        output.Done($"Report {id} is closed", new { id });
    }
}
