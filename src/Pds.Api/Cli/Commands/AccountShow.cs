using System.CommandLine;
using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account show</c>: all that the server knows of one account.</summary>
internal sealed class AccountShow() : AccountVerb("show", "Show one account")
{
    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var info = await server.QueryAsync("com.atproto.admin.getAccountInfo", ct, ("did", did));
        var status = await server.QueryAsync("com.atproto.admin.getSubjectStatus", ct, ("did", did));
        var repo = await server.QueryAsync("com.atproto.sync.getRepoStatus", ct, ("did", did));

        var rows = new (string Name, string Value)[]
        {
            ("Handle", info.TextOf("handle")), ("DID", did.Value), ("E-mail", info.TextOf("email")), ("E-mail confirmed", info.TimeOf("emailConfirmedAt")),
            ("Since", info.TimeOf("indexedAt")), ("Status", repo.TextOf("status") is { Length: > 0 } why ? why : "active"), ("Deactivated", info.TimeOf("deactivatedAt")),
            ("Taken down", Takedown(status)), ("Revision", repo.TextOf("rev")), ("Invites disabled", info.TextOf("invitesDisabled")),
        };
        output.Table(["", ""], rows.Where(row => row.Value.Length > 0).Select(row => new[] { row.Name, row.Value }), new { info, status, repo });
    }

    /// <summary>What a takedown is filed under.</summary>
    private static string Takedown(JsonElement status) =>
        status.TryGetProperty("takedown", out var takedown) && takedown.GetProperty("applied").GetBoolean() ? takedown.TextOf("ref") : "";
}
