using System.CommandLine;
using System.Text.Json;

namespace Pds.Api.Cli.Commands;

/// <summary><c>request-crawl</c>: asks relays to come for what is new here.</summary>
internal sealed class RequestCrawl : RemoteVerb
{
    private readonly Argument<string[]> _relays = RelaysArgument();

    public RequestCrawl() : base("request-crawl", "Ask relays to come for what is new") => Add(_relays);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var results = await AskAsync(server, arguments.GetValue(_relays), ct);
        output.Table(["Relay", "Answer"], results.Select(result => new[] { result.TextOf("relay"), AnswerOf(result) }), results);
        EnsureAllCome(results);
    }

    /// <summary>What relays answer who are asked to come.</summary>
    /// <param name="server">Who asks them.</param>
    /// <param name="relays">Their addresses; null or none for those of the settings.</param>
    /// <param name="ct">Ends the wait.</param>
    internal static async Task<IReadOnlyList<JsonElement>> AskAsync(Remote server, string[]? relays, CancellationToken ct)
    {
        var answer = await server.ProcedureAsync("local.pds.admin.requestCrawl", new { relays = relays is { Length: > 0 } ? relays : null }, ct);
        return [.. answer.GetProperty("relays").EnumerateArray()];
    }

    internal static string Sentence(JsonElement result) => $"{result.TextOf("relay")}: {AnswerOf(result)}";

    /// <exception cref="CliException">Some will not.</exception>
    internal static void EnsureAllCome(IReadOnlyList<JsonElement> results)
    {
        if (results.Count(result => result.TextOf("failure").Length > 0) is > 0 and var failures)
            throw new CliException(ExitCode.Refused, $"{failures} of {results.Count} relays will not come");
    }

    private static string AnswerOf(JsonElement result) => result.TextOf("failure") is { Length: > 0 } failure ? failure : "will come";
}
