using System.CommandLine;
using System.Text.Json;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account list</c>: who is here.</summary>
internal sealed class AccountList : RemoteVerb
{
    private const int PageSize = 100;
    private const int StatusPageSize = 1000;

    private readonly Option<string?> _email = new("--email") { Description = "Only accounts whose address has this in it" };

    public AccountList() : base("list", "List the accounts") => Add(_email);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var (accounts, statuses) = await output.WhileAsync("Reading accounts", async count =>
        {
            List<JsonElement> accounts = [];
            await foreach (var account in server.ListAsync("com.atproto.admin.searchAccounts", "accounts", ct, ("email", arguments.GetValue(_email)), ("limit", PageSize)))
            {
                accounts.Add(account);
                count(accounts.Count);
            }

            return (accounts, await ReadStatusesAsync(server, ct));
        });

        output.Table(["Handle", "DID", "E-mail", "Confirmed", "Status", "Since"], accounts.Select(account => Row(account, statuses)), accounts);
    }

    /// <summary>By DID; accounts that are active are left out.</summary>
    private static async Task<Dictionary<string, string>> ReadStatusesAsync(Remote server, CancellationToken ct)
    {
        Dictionary<string, string> statuses = [];
        await foreach (var repo in server.ListAsync("com.atproto.sync.listRepos", "repos", ct, ("limit", StatusPageSize)))
            if (repo.TryGetProperty("status", out var status)) statuses[repo.GetProperty("did").GetString()!] = status.GetString()!;
        return statuses;
    }

    private static string[] Row(JsonElement account, Dictionary<string, string> statuses)
    {
        var did = account.GetProperty("did").GetString()!;
        return [
            account.TextOf("handle"), did, account.TextOf("email"), account.DayOf("emailConfirmedAt"),
            statuses.GetValueOrDefault(did, "active"), account.DayOf("indexedAt")];
    }
}
