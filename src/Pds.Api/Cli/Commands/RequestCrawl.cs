using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>request-crawl</c>: asks relays to come for what is new here.</summary>
internal sealed class RequestCrawl : RemoteVerb
{
    private readonly Argument<string[]> _relays = new("relays") { Description = "Their addresses; by default those of PDS_CRAWLERS", Arity = ArgumentArity.ZeroOrMore };

    public RequestCrawl() : base("request-crawl", "Ask relays to come for what is new") => Add(_relays);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var answer = await server.ProcedureAsync("local.pds.admin.requestCrawl", new { relays = arguments.GetValue(_relays) is { Length: > 0 } relays ? relays : null }, ct);
        var results = answer.GetProperty("relays").EnumerateArray().ToList();
        output.Table(["Relay", "Answer"], results.Select(result => new[] { result.TextOf("relay"), result.TextOf("failure") is { Length: > 0 } failure ? failure : "will come" }), results);
        if (results.Count(result => result.TextOf("failure").Length > 0) is > 0 and var failures)
            throw new CliException(ExitCode.Refused, $"{failures} of {results.Count} relays will not come");
    }
}
