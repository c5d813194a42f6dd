using System.Globalization;
using System.Net;
using Pds.Api.Limits;
using System.Text.RegularExpressions;
using Pds.Application.Options;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Api.Configuration;

/// <summary>What a setting's text may be, and what it is read as.</summary>
/// <param name="Name">For the reference.</param>
/// <param name="Expected">Ends the sentence "PDS_PORT is 'x', which is not …".</param>
/// <param name="Parse">Null for a text that is not of this kind.</param>
internal sealed partial record SettingKind(string Name, string Expected, Func<string, object?> Parse)
{
    // A century: no sensible setting is longer, and any moment less a century is still a moment.
    private const long MaxMilliseconds = 100L * 366 * 24 * 60 * 60 * 1000;

    /// <summary>Never printed, not even where it is malformed.</summary>
    public bool IsSecret { get; private init; }

    /// <summary>Commas between items in a variable, or a JSON array. Read as <see cref="IReadOnlyList{T}"/> of strings.</summary>
    public bool IsList { get; private init; }

    public static SettingKind Text { get; } = new("text", "a text", text => text);

    public static SettingKind Secret { get; } = new("secret", "a text", Domain.Accounts.Secret.Of) { IsSecret = true };

    public static SettingKind Flag { get; } = new("boolean", "true, false, 1 or 0", text => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    });

    /// <summary>Read as <see cref="int"/>.</summary>
    public static SettingKind Port { get; } = new("port", "a port from 0 to 65535", text => (int?)WholeNumber(text, 0, IPEndPoint.MaxPort));

    /// <summary>Read as <see cref="int"/>.</summary>
    public static SettingKind Count { get; } = new("integer", "a whole number, 0 or more", text => (int?)WholeNumber(text, 0, int.MaxValue));

    /// <summary>Read as <see cref="int"/>.</summary>
    public static SettingKind Positive { get; } = new("integer", "a whole number, 1 or more", text => (int?)WholeNumber(text, 1, int.MaxValue));

    /// <summary>Read as <see cref="long"/>.</summary>
    public static SettingKind Bytes { get; } = new("bytes", "a whole number of bytes, 1 or more", text => WholeNumber(text, 1, long.MaxValue));

    /// <summary>Read as <see cref="TimeSpan"/>.</summary>
    public static SettingKind Milliseconds { get; } = new("milliseconds", "a whole number of milliseconds, of a century at most", text =>
        WholeNumber(text, 0, MaxMilliseconds) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null);

    /// <summary>Read as <see cref="TimeSpan"/>; never zero.</summary>
    public static SettingKind Interval { get; } = new("milliseconds", "a whole number of milliseconds, 1 or more and a century at most", text =>
        WholeNumber(text, 1, MaxMilliseconds) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null);

    /// <summary>Read as <see cref="Uri"/>; its <see cref="Uri.OriginalString"/> is what was given.</summary>
    public static SettingKind Url { get; } = new("URL", "an http or https URL", text => WebAddress(text, "http", "https"));

    /// <summary>Something a person can click. Read as <see cref="Uri"/>.</summary>
    public static SettingKind Link { get; } = new("link", "an http, https or mailto URL", text => WebAddress(text, "http", "https", "mailto"));

    /// <summary>Holds a password as a rule, so it is a secret. Read as <see cref="MailServer"/>.</summary>
    public static SettingKind SmtpUrl { get; } = new(
        "SMTP URL", "an smtp or smtps URL with a host (smtp://user:password@host:587, with both or neither of user and password), or smtp:///?sendmail=true",
        text => MailServer.TryParse(text, out var server) ? server : null) { IsSecret = true };

    /// <summary>Read as <see cref="Application.Mail.Mailbox"/>.</summary>
    public static SettingKind Mailbox { get; } = new("mailbox", "an email address, alone or as 'Name <address>'", text =>
        Application.Mail.Mailbox.TryParse(text, out var mailbox) ? mailbox : null);

    /// <summary>Read as text that is a colour in CSS and nothing more.</summary>
    public static SettingKind Colour { get; } = new("colour", "a colour like #0b62d6 or rgb(11, 98, 214)", text => CssColour.IsMatch(text) ? text : null);

    /// <summary>Read as text: a URL, or <c>embedded</c>.</summary>
    public static SettingKind PlcUrl { get; } = new("URL or `embedded`", "an http or https URL, or 'embedded'", text =>
        text == "embedded" || Url.Parse(text) is not null ? text : null);

    /// <summary>Read as text in lower case.</summary>
    public static SettingKind Hostname { get; } = new("host name", "a host name, with a port or without (localhost: without)", text =>
        IsHostname(text) ? text.ToLowerInvariant() : null);

    /// <summary>Read as <see cref="IPAddress"/>.</summary>
    public static SettingKind Address { get; } = new("IP address", "an IP address", text => IPAddress.TryParse(text, out var address) ? address : null);

    /// <summary>Read as <see cref="Domain.Syntax.Did"/>.</summary>
    public static SettingKind Did { get; } = new("DID", "a DID", text => Domain.Syntax.Did.TryParse(text, out var did) ? did : null);

    /// <summary>Read as <see cref="Domain.Crypto.DidKey"/>.</summary>
    public static SettingKind DidKey { get; } = new("did:key", "a did:key", text => Domain.Crypto.DidKey.TryParse(text, out var key) ? key : null);

    /// <summary>Read as <see cref="PrivateKey"/>.</summary>
    public static SettingKind K256Hex { get; } =
        new("private key", "64 hexadecimal digits that are a K-256 private key", PrivateKeyHex.Parse) { IsSecret = true };

    /// <summary>Read as <see cref="KeyEncryptionKey"/>.</summary>
    public static SettingKind KeyHex { get; } = new("256-bit key", "64 hexadecimal digits", text =>
        KeyEncryptionKey.TryParse(text, out var key) ? key : null) { IsSecret = true };

    public static SettingKind Texts { get; } = ListOf(Text, "list", "a comma-separated list");

    public static SettingKind Clients { get; } = ListOf(
        new("OAuth client", "an OAuth client_id", text => Domain.OAuth.ClientId.TryParse(text, out _) ? text : null),
        "list of OAuth clients", "a comma-separated list of OAuth clients, each the https URL of its metadata");

    public static SettingKind Urls { get; } = ListOf(Url, "list of URLs", "a comma-separated list of http or https URLs");

    public static SettingKind Domains { get; } = ListOf(
        new("domain", "a domain", text => text.StartsWith('.') && Handle.TryParse($"name{text}", out _) ? text : null),
        "list of domains", "a comma-separated list of domains, each with a dot in front");

    public static SettingKind Networks { get; } = ListOf(
        new("address range", "an IP address, with a prefix length or without", text => AddressRange.TryParse(text, out _) ? text : null),
        "list of addresses", "a comma-separated list of IP addresses, each with a prefix length or without");

    public static SettingKind Images { get; } = new("URL pattern", "a web address with %s in three places", text => ImageUrlPattern.TryParse(text, out var pattern) ? pattern : null);

    /// <summary>Read as <see cref="Microsoft.Extensions.Logging.LogLevel"/>; pino's names, and .NET's.</summary>
    public static SettingKind Level { get; } = new("log level", "trace, debug, info, warn, error, fatal or silent", text => LogLevels.Parse(text));

    private static SettingKind ListOf(SettingKind item, string name, string expected) => new(name, expected, text =>
    {
        string[] items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(items, one => item.Parse(one) is not null) ? items : null;
    })
    { IsList = true };

    private static long? WholeNumber(string text, long min, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;

    private static Uri? WebAddress(string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) ? uri : null;

    [GeneratedRegex(@"^(#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|rgb\(\s*[0-9]{1,3}\s*,\s*[0-9]{1,3}\s*,\s*[0-9]{1,3}\s*\))\z")]
    private static partial Regex CssColour { get; }

    private static bool IsHostname(string text)
    {
        var name = text.Split(':') is [var host, var port] && WholeNumber(port, 1, IPEndPoint.MaxPort) is not null && host != "localhost" ? host : text;
        return Uri.CheckHostName(name) == UriHostNameType.Dns && !name.EndsWith('.');
    }
}
