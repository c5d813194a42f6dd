using System.Text;
using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

/// <summary>Writes docs/reference/configuration.md from the table of settings.</summary>
internal static class SettingsReference
{
    private const string Introduction = """
        # Configuration

        <!-- Made from src/Pds.Api/Configuration/PdsSettings.cs by SettingsReferenceTests; change it there. -->

        Each setting is an environment variable, with the name and meaning it has in the official distribution, so an existing
        `pds.env` works as it is. Each is also a key of `appsettings.json` and of the command line (`--Pds:Service:Port=8080`). The
        command line beats the environment, and the environment beats the file.

        With nothing set the server is a **sandbox**: it listens on loopback, keeps its data in `./data`, makes up its secrets and has
        a PLC directory of its own. Any `PDS_HOSTNAME` but `localhost` makes it a public server, which must be given what the tables
        call required.

        - A boolean is `true`, `false`, `1` or `0`. Items of a list have commas between them; in JSON a list may also be an array.
        - An empty variable counts as not set. A malformed value stops the start with a message that names it.
        - A setting that is not known, or whose feature is not there, is named in a warning at start.
        - The [standard OpenTelemetry variables](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/)
          (`OTEL_EXPORTER_OTLP_ENDPOINT` and so on) are not of this table.
        - A mail server is `smtp://user:password@host:587` (STARTTLS where the server offers it) or `smtps://user:password@host:465` (TLS from
          the start); write `%40` and so on for characters of user and password that a URL has other uses for. User and password go over
          TLS only, or to this machine; certificates are checked. `smtp:///?sendmail=true` is the machine's own `/usr/sbin/sendmail`.

        Two files in the data directory hold secrets, for the server's own user alone: `key-encryption.key`, without which the
        accounts' signing keys in the database cannot be read (**back it up**, apart from the database), and, in a sandbox,
        `sandbox-secrets.json`.
        """;

    public static string Write()
    {
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (var group in Having(Support.Here).GroupBy(GroupOf))
            Table(page, $"## {group.Key}", group, ["Variable", "Key", "Kind", "Default", "Meaning"], Full);
        Table(page, "## Not in this release\n\nKnown and checked; they have no effect yet.", Having(Support.Planned), ["Variable", "Kind", "Meaning"], Short);
        Table(page, "## Not in this server\n\nSettings of the official distribution for what this server does in another way.", Having(Support.Absent),
            ["Variable", "Kind", "Meaning"], Short);
        return page.ToString();
    }

    private static IEnumerable<Setting> Having(Support support) => PdsSettings.All.Where(setting => setting.Support == support);

    private static string GroupOf(Setting setting) => setting.Key.Split(':')[1];

    private static string[] Full(Setting setting) => [$"`{setting.Variable}`", $"`{setting.Key}`", setting.Kind.Name, setting.Default, setting.Meaning];

    private static string[] Short(Setting setting) => [$"`{setting.Variable}`", setting.Kind.Name, setting.Meaning];

    private static void Table(StringBuilder page, string heading, IEnumerable<Setting> settings, string[] columns, Func<Setting, string[]> row)
    {
        page.Append('\n').Append(heading).Append("\n\n");
        Row(page, columns);
        Row(page, [.. columns.Select(_ => "---")]);
        foreach (var setting in settings) Row(page, row(setting));
    }

    private static void Row(StringBuilder page, string[] cells) => page.Append($"| {string.Join(" | ", cells)} |\n");
}
