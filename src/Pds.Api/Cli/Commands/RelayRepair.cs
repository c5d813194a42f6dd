using System.CommandLine;
using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>relay repair</c>: tells the firehose anew of some accounts or of all, and asks relays to come for it.</summary>
internal sealed class RelayRepair : RemoteVerb
{
    private readonly Argument<AtIdentifier[]> _accounts = new("accounts")
    {
        Description = "DIDs, or handles; by default every account",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Parse<AtIdentifier>(result, token.Value, "a DID or a handle")).OfType<AtIdentifier>()],
    };

    private readonly Option<string[]> _relays = new("--relay") { Description = "Whom to ask, by address; by default those of PDS_CRAWLERS", AllowMultipleArgumentsPerToken = false };

    private readonly Option<bool> _signAnew = new("--sign-anew") { Description = "Give each repo a new revision first: after a backup was restored, relays have seen later ones than there are here" };

    public RelayRepair() : base("repair", "Tell relays anew how accounts stand and where their repos are")
    {
        Add(_accounts);
        Add(_relays);
        Add(_signAnew);
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var (accounts, signAnew) = (arguments.GetValue(_accounts) ?? [], arguments.GetValue(_signAnew));
        var announced = await output.WhileAsync(
            "Telling of accounts", count => accounts.Length > 0 ? AnnounceAsync(server, accounts, signAnew, ct) : AnnounceAllAsync(server, signAnew, count, ct));

        var asked = await RequestCrawl.AskAsync(server, arguments.GetValue(_relays), ct);
        output.Done(asked.Select(RequestCrawl.Sentence).Prepend($"Told the firehose of {announced} accounts"), new { announced, relays = asked });
        RequestCrawl.EnsureAllCome(asked);
    }

    private static async Task<int> AnnounceAsync(Remote server, AtIdentifier[] accounts, bool signAnew, CancellationToken ct)
    {
        var dids = new List<Did>(accounts.Length);
        foreach (var account in accounts) dids.Add(await server.FindDidAsync(account, ct));

        var announced = (await server.ProcedureAsync("local.pds.admin.announceRepos", new { dids, signAnew }, ct)).GetProperty("announced").GetInt32();
        return announced == dids.Distinct().Count() ? announced : throw new CliException(ExitCode.Refused, $"Of {dids.Count} accounts only {announced} are here");
    }

    /// <summary>Page by page, so that no request takes long.</summary>
    private static async Task<int> AnnounceAllAsync(Remote server, bool signAnew, Action<int> count, CancellationToken ct)
    {
        var announced = 0;
        string? cursor = null;
        do
        {
            var page = await server.ProcedureAsync("local.pds.admin.announceRepos", new { signAnew, cursor }, ct);
            announced += page.GetProperty("announced").GetInt32();
            count(announced);
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        return announced;
    }
}
