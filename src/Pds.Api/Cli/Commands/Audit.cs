using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>audit</c>: what operators and moderators did, newest first.</summary>
internal sealed class Audit : RemoteVerb
{
    private const int MaxPageSize = 100;

    private readonly Option<string?> _subject = new("--subject") { Description = "Only what was done to this: a DID, an AT-URI, an invite code" };
    private readonly Option<int> _limit = new("--limit") { Description = "How many at most", DefaultValueFactory = _ => 50 };

    public Audit() : base("audit", "Show what operators and moderators did, newest first")
    {
        Add(_subject);
        Add(_limit);
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--limit is at least 1");
        });
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var limit = arguments.GetValue(_limit);
        var entries = await server.ListAsync("local.pds.admin.listAudit", "entries", ct, ("subject", arguments.GetValue(_subject)), ("limit", Math.Min(limit, MaxPageSize))).Take(limit).ToListAsync(ct);
        output.Table(
            ["When", "Who", "What", "To", "Detail"],
            entries.Select(entry => new[] { entry.TimeOf("at"), entry.TextOf("actor"), entry.TextOf("method"), entry.TextOf("subject"), entry.TextOf("detail") }), entries);
    }
}
