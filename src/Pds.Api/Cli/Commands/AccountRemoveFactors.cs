using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account remove-factors</c>: lets somebody in who has lost the authenticator app, the backup codes or the mailbox.</summary>
internal sealed class AccountRemoveFactors() : AccountVerb("remove-factors", "Take every second factor of an account away; its owner is told by mail")
{
    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var removed = await server.ProcedureAsync("local.pds.admin.removeFactors", new { did = did.Value }, ct);
        string[] factors = [.. removed.GetProperty("authenticator").GetBoolean() ? ["the authenticator app"] : Array.Empty<string>(), .. removed.GetProperty("email").GetBoolean() ? ["codes by mail"] : Array.Empty<string>()];
        output.Done(factors.Length == 0 ? $"{did} had no second factor" : $"Removed from {did}: {string.Join(" and ", factors)}", removed);
    }
}
