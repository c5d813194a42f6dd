using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account delete</c>: removes every trace of an account.</summary>
internal sealed class AccountDelete : AccountVerb
{
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask" };

    public AccountDelete() : base("delete", "Remove an account and all its data, for good") => Add(_yes);

    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var info = await server.QueryAsync("com.atproto.admin.getAccountInfo", ct, ("did", did));
        if (!arguments.GetValue(_yes)) Confirm(Handle.Parse(info.TextOf("handle")), did, output);

        await server.ProcedureAsync("com.atproto.admin.deleteAccount", new { did = did.Value }, ct);
        output.Done($"{did} is deleted", new { did = did.Value });
    }

    /// <exception cref="CliException">Nobody is there to ask, or the answer was not the handle.</exception>
    private static void Confirm(Handle handle, Did did, CliOutput output)
    {
        var answer = output.Ask($"This deletes {handle} ({did}) and all its data, for good. Type the handle to confirm: ")
            ?? throw new CliException(ExitCode.Usage, "Deleting cannot be undone: confirm it with --yes");
        if (!Handle.TryParse(answer.Trim(), out var typed) || typed != handle) throw new CliException(ExitCode.Usage, "Nothing was deleted");
    }
}
