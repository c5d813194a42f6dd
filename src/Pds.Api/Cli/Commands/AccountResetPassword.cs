using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account reset-password</c>: a new password; every session of the account ends.</summary>
internal sealed class AccountResetPassword : AccountVerb
{
    private readonly PasswordOption _password = new();

    public AccountResetPassword() : base("reset-password", "Set a new password, and end every session of the account") => Add(_password);

    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var (password, shown) = _password.ReadOrGenerate(arguments);
        await server.ProcedureAsync("com.atproto.admin.updateAccountPassword", new { did = did.Value, password = password.Reveal() }, ct);
        output.Done(shown is null ? $"{did} has the new password" : $"New password of {did}: {shown}", new { did = did.Value, password = shown });
    }
}
