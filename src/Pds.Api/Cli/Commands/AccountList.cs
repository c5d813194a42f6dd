using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

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

        output.Table(["Handle", "DID", "E-mail", "Confirmed", "Status", "Since"], accounts.Select(account => Row(account, statuses)), accounts.Select(account => WithStatus(account, statuses)));
    }

    /// <summary>By DID; accounts that are active are left out.</summary>
    private static async Task<Dictionary<string, string>> ReadStatusesAsync(Remote server, CancellationToken ct)
    {
        Dictionary<string, string> statuses = [];
        await foreach (var repo in server.ListAsync("com.atproto.sync.listRepos", "repos", ct, ("limit", StatusPageSize)))
            if (repo.TryGetProperty("status", out var status)) statuses[repo.GetProperty("did").GetString()!] = status.GetString()!;
        return statuses;
    }

    private static string[] Row(JsonElement account, Dictionary<string, string> statuses) => [
        account.TextOf("handle"), account.TextOf("did"), account.TextOf("email"), account.DayOf("emailConfirmedAt"),
        StatusOf(account, statuses), account.DayOf("indexedAt")];

    private static JsonObject WithStatus(JsonElement account, Dictionary<string, string> statuses)
    {
        var fields = JsonObject.Create(account)!;
        fields["status"] = StatusOf(account, statuses);
        return fields;
    }

    private static string StatusOf(JsonElement account, Dictionary<string, string> statuses) => statuses.GetValueOrDefault(account.TextOf("did"), "active");
}
