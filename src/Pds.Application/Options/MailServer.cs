using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Pds.Domain.Accounts;

namespace Pds.Application.Options;

/// <summary>What mail is handed to.</summary>
public abstract partial record MailServer
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    private MailServer()
    {
    }

    /// <summary>Whether its URL has options after the question mark that nothing here obeys.</summary>
    public bool HasOtherOptions { get; private init; }

    /// <summary>Reads <c>smtp://user:password@host:587</c>, <c>smtps://…</c> and <c>smtp:///?sendmail=true</c>, as nodemailer does, whose URLs operators have.</summary>
    /// <remarks>By hand: what <see cref="Uri"/> makes of a user name with an <c>@</c> in it is not what nodemailer does.</remarks>
    public static bool TryParse(string url, [MaybeNullWhen(false)] out MailServer server)
    {
        server = Pattern.Match(url) is { Success: true } match ? Of(match) : null;
        return server is not null;
    }

    private static MailServer? Of(Match match)
    {
        string[] options = match.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries);
        var others = options.Any(option => option != "sendmail=true");
        if (options.Contains("sendmail=true")) return new Sendmail { HasOtherOptions = others };

        var host = match.Groups["host"].Value.Trim('[', ']');
        var isTls = match.Groups["scheme"].Value.Equals("smtps", StringComparison.OrdinalIgnoreCase);
        var port = PortOf(match.Groups["port"].Value, isTls ? SubmissionsPort : SubmissionPort);
        var credentials = CredentialsOf(match.Groups["user"], match.Groups["password"]);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || port is null || (match.Groups["user"].Success && credentials is null)) return null;
        return new Smtp(host, port.Value, isTls, credentials) { HasOtherOptions = others };
    }

    private static int? PortOf(string text, int otherwise) => text.Length == 0 ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port
        : null;

    private static MailCredentials? CredentialsOf(Group user, Group password)
    {
        if (user.Length == 0 || password.Length == 0) return null;
        var (name, word) = (Uri.UnescapeDataString(user.Value), Uri.UnescapeDataString(password.Value));
        return (name + word).Contains('\0', StringComparison.Ordinal) ? null : new MailCredentials(Secret.Of(name), Secret.Of(word));
    }

    [GeneratedRegex(
        @"^(?<scheme>smtps?)://(?:(?<user>[^/?#:]*)(?::(?<password>[^/?#]*))?@)?(?<host>\[[0-9A-Fa-f:.]+\]|[^@:/?#\[\]]*)(?::(?<port>[0-9]+))?/?(?:\?(?<options>[^#]*))?\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pattern { get; }

    /// <summary>A server that speaks SMTP.</summary>
    /// <param name="Host">A name or an address.</param>
    /// <param name="TlsFromStart">Whether TLS comes before the first word; otherwise it is used where the server offers it.</param>
    /// <param name="Credentials">Null for none.</param>
    public sealed record Smtp(string Host, int Port, bool TlsFromStart, MailCredentials? Credentials) : MailServer;

    /// <summary>The machine's own program, which knows what to do with it.</summary>
    public sealed record Sendmail : MailServer;

    /// <summary>A folder, for the sandbox: a file for each mail, and none leaves the machine.</summary>
    public sealed record Folder(string Path) : MailServer;

    /// <summary>Nothing: mail is refused.</summary>
    public sealed record None : MailServer;
}
