using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>mail test</c>: one letter by the running server's own settings.</summary>
internal sealed class MailTest : RemoteVerb
{
    private readonly Argument<string> _to = new("address") { Description = "Where to" };

    public MailTest() : base("test", "Send a letter, to see whether mail works") => Add(_to);

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var to = arguments.GetRequiredValue(_to);
        await server.ProcedureAsync("local.pds.admin.sendTestEmail", new { to }, ct);
        output.Done($"The mail server has taken a letter to {to}", new { to });
    }
}
