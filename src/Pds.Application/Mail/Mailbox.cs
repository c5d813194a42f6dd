using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pds.Application.Mail;

/// <summary>Who sends or gets mail: an address, and perhaps a name beside it.</summary>
/// <remarks>
/// An address here has no spaces, quotes, commas or brackets, so that none can become a second recipient, a parameter or another line of what it is
/// written into. RFC 5321 allows such local parts in quotes; nobody has one.
/// </remarks>
public sealed partial record Mailbox
{
    private const int MaxAddressLength = 254;
    private const int MaxNameLength = 200;
    private const string PlainName = """[^"<>\p{C}]*""";
    private const string QuotedName = """[^"\\\p{C}]*""";
    private const string AddressSpec = """(?<local>[^\p{Z}\p{C}"(),:;<>@\[\\\]]{1,64})@(?<domain>[\p{L}\p{M}\p{N}.-]{1,253})""";

    private static readonly IdnMapping Idn = new();

    private Mailbox(string? name, string address) => (Name, Address) = (name, address);

    public string? Name { get; }

    public string Address { get; }

    /// <summary>Whether a mail server without SMTPUTF8 can be given it.</summary>
    public bool IsAscii => Ascii.IsValid(Address);

    /// <summary>Reads <c>noreply@example.com</c>, <c>Example &lt;noreply@example.com&gt;</c> and the same with the name in quotes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out Mailbox mailbox)
    {
        mailbox = Pattern.Match(text ?? "") is { Success: true } match && AddressIn(match) is { } address && NameIn(match) is { Length: <= MaxNameLength } name
            ? new Mailbox(name.Length > 0 ? name : null, address)
            : null;
        return mailbox is not null;
    }

    /// <summary>The same mailbox under a name, where it has none of its own.</summary>
    public Mailbox Named(string? name) => new(Name ?? name, Address);

    public override string ToString() => Name is null ? Address : $"{Name} <{Address}>";

    private static string NameIn(Match match) => match.Groups["name"].Value.Trim();

    /// <summary>The domain as DNS knows it, so that only what is before the <c>@</c> may need more than ASCII.</summary>
    private static string? AddressIn(Match match)
    {
        try
        {
            var address = $"{match.Groups["local"].Value}@{Idn.GetAscii(match.Groups["domain"].Value)}";
            return address.Length <= MaxAddressLength ? address : null;
        }
        catch (ArgumentException) // no domain
        {
            return null;
        }
    }

    [GeneratedRegex($"""^\s*(?:(?:"(?<name>{QuotedName})"|(?<name>{PlainName}))\s*<{AddressSpec}>|{AddressSpec})\s*\z""")]
    private static partial Regex Pattern { get; }
}
