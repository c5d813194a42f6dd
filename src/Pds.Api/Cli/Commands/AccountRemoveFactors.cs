using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account remove-factors</c>: lets somebody in who has lost the authenticator app, the passkeys, the backup codes or the mailbox.</summary>
internal sealed class AccountRemoveFactors() : AccountVerb("remove-factors", "Take every second factor of an account away; its owner is told by mail")
{
    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var removed = await server.ProcedureAsync("local.pds.admin.removeFactors", new { did = did.Value }, ct);
        var passkeys = removed.GetProperty("passkeys").GetInt32();
        (bool Was, string What)[] all =
        [
            (removed.GetProperty("authenticator").GetBoolean(), "the authenticator app"),
            (passkeys > 0, passkeys == 1 ? "a passkey" : $"{passkeys} passkeys"),
            (removed.GetProperty("email").GetBoolean(), "codes by mail"),
        ];
        string[] factors = [.. all.Where(one => one.Was).Select(one => one.What)];
        output.Done(factors.Length == 0 ? $"{did} had no second factor" : $"Removed from {did}: {string.Join(" and ", factors)}", removed);
    }
}
