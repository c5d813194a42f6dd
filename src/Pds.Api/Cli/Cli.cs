using System.CommandLine;
using Pds.Api.Cli.Commands;

namespace Pds.Api.Cli;

/// <summary>The operator's verbs: <c>pds &lt;noun&gt; &lt;verb&gt;</c>. Without a noun, or with <c>serve</c>, the executable is the server.</summary>
internal static class Cli
{
    private const string Serve = "serve";

    /// <summary>Whether the arguments are a verb's, or ask for help; the server's are all options.</summary>
    public static bool Takes(string[] arguments) => arguments switch
    {
        [Serve, .. var rest] => rest is ["--help" or "-h" or "-?"],
        [var first, ..] => !first.StartsWith('-') || first.Split('=', ':')[0] is "--help" or "-h" or "-?" or "--version" or "--json" or "--url" or "--insecure",
        [] => false,
    };

    /// <summary>What is left for the server.</summary>
    public static string[] ServerArguments(string[] arguments) => arguments is [Serve, .. var rest] ? rest : arguments;

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliInvocation invocation, CancellationToken ct)
    {
        var parsed = Tree().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await invocation.Error.WriteLineAsync(PlainText.Of(error.Message));
            await invocation.Error.WriteLineAsync("See --help.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(invocation, ct);
        }
        catch (CliException refused)
        {
            await invocation.Error.WriteLineAsync(PlainText.Of(refused.Message));
            return refused.ExitCode;
        }
    }

    private static RootCommand Tree() => new("A Personal Data Server for the AT Protocol. Without a verb it serves; with one it speaks to the server that runs.")
    {
        RemoteVerb.Url,
        RemoteVerb.Insecure,
        RemoteVerb.Json,
        new Command(Serve, "Serve; settings are PDS_… variables, or appsettings.json"),
        new Command("account", "The accounts of this server")
        {
            new AccountCreate(), new AccountList(), new AccountShow(), new AccountResetPassword(), new AccountRemoveFactors(), new AccountDeactivate(), new AccountActivate(),
            new AccountTakedown(), new AccountUntakedown(), new AccountDelete(),
        },
        new Command("invite", "Invite codes") { new InviteCreate(), new InviteList(), new InviteDisable() },
        new Command("mail", "Sending mail") { new MailTest() },
        new Command("key", "The accounts' signing keys") { new KeyRotate() },
        new Command("server", "The server as a whole") { new ServerTakeover() },
        new Command("relay", "The relays that carry what happens here") { new RelayList(), new RelayRepair() },
        new Command("report", "What users have reported to you") { new ReportList(), new ReportShow(), new ReportClose() },
        new RequestCrawl(),
        new Audit(),
    };
}
