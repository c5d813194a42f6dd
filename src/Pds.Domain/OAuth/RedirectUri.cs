using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>Where a client wants answers sent (https://atproto.com/specs/oauth#request-fields, RFC 8252): an https address, a loopback address over http, or a scheme of an app's own.</summary>
/// <remarks>Kept as it was written, since it is compared as it was written.</remarks>
public sealed partial record RedirectUri : ISyntax<RedirectUri>
{
    public const int MaxLength = 2048;

    private readonly Uri _address;

    private RedirectUri(string value, Uri address) => (Value, _address) = (value, address);

    public string Value { get; }

    public bool IsHttps => _address.Scheme == Uri.UriSchemeHttps;

    /// <summary>Plain http to this very machine, <c>127.0.0.1</c> or <c>[::1]</c>: an app that listens there (RFC 8252 §7.3). Never <c>localhost</c> (§8.3).</summary>
    public bool IsLoopback => _address.Scheme == Uri.UriSchemeHttp;

    /// <summary>A scheme of the app's own (RFC 8252 §7.1).</summary>
    public bool IsPrivateUse => !IsHttps && !IsLoopback;

    public string Scheme => _address.Scheme;

    public string Host => _address.Host;

    /// <summary>Scheme, host and port.</summary>
    public string Origin => _address.GetLeftPart(UriPartial.Authority);

    /// <summary>How a content security policy names it. There a host is a name or an IPv4 address, so for <c>[::1]</c> the scheme must do.</summary>
    public string PolicySource => IsPrivateUse || _address.HostNameType == UriHostNameType.IPv6 ? $"{Scheme}:" : Origin;

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out RedirectUri value)
    {
        value = null;
        if (text is not { Length: > 0 and <= MaxLength } || !Printable.IsMatch(text) || !Uri.TryCreate(text, UriKind.Absolute, out var address)) return false;
        if (address.UserInfo.Length > 0 || text.Contains('#', StringComparison.Ordinal)) return false; // RFC 6749 §3.1.2: no fragment
        if (!Ascii.IsValid(AuthorityOf(text))) return false; // a domain is written in one way here, xn--…

        var isOne = text.StartsWith("https://", StringComparison.Ordinal) ? IsHttpsHost(address)
            : text.StartsWith("http://", StringComparison.Ordinal) ? address.Host is "127.0.0.1" or "[::1]"
            : PrivateUse.IsMatch(text);
        value = isOne ? new RedirectUri(text, address) : null;
        return isOne;
    }

    public static RedirectUri Parse(string text) => AtSyntax.Parse<RedirectUri>(text);

    /// <summary>Whether a client that declared this one may ask with that one: the same text, or for loopback addresses any port where none was declared (RFC 8252 §7.3).</summary>
    public bool Allows(RedirectUri asked)
    {
        if (Value == asked.Value) return true;
        return IsLoopback && asked.IsLoopback && Host == asked.Host && (_address.IsDefaultPort || _address.Port == asked._address.Port)
            && _address.PathAndQuery == asked._address.PathAndQuery;
    }

    /// <summary>The address with these parameters added to its query.</summary>
    public string WithQuery(IEnumerable<KeyValuePair<string, string>> parameters) =>
        $"{Escaped}{(Value.Contains('?', StringComparison.Ordinal) ? Value[^1] is '?' or '&' ? "" : "&" : "?")}{Encode(parameters)}";

    /// <summary>The address with these parameters as its fragment.</summary>
    public string WithFragment(IEnumerable<KeyValuePair<string, string>> parameters) => $"{Escaped}#{Encode(parameters)}";

    /// <summary>As headers have it, and browsers ask for it: what is not ASCII is escaped (RFC 3987 §3.1).</summary>
    private string Escaped => Ascii.IsValid(Value) ? Value : string.Concat(Value.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    public bool Equals(RedirectUri? other) => other is not null && Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static bool IsHttpsHost(Uri address) => address.HostNameType == UriHostNameType.Dns && address.Host.Contains('.', StringComparison.Ordinal);

    private static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));

    private static ReadOnlySpan<char> AuthorityOf(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return default;
        var rest = text.AsSpan(start + 3);
        return rest.IndexOfAny('/', '?') is var end and >= 0 ? rest[..end] : rest;
    }

    // What an address may hold, so that no answer can be split; beside ASCII what people write with, and nothing that is not seen.
    [GeneratedRegex(@"^([\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]|[\p{L}\p{M}\p{N}\p{P}\p{S}-[\x00-\x7f]]|[\ud800-\udbff][\udc00-\udfff])+\z")]
    private static partial Regex Printable { get; }

    // A domain in reverse order, and then one slash (RFC 8252 §7.1).
    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:/(?!/)")]
    private static partial Regex PrivateUse { get; }
}
