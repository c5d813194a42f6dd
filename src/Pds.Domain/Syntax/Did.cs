using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>An account's permanent name, such as <c>did:plc:ewvi7nxzyoun6zhxrhs64oiz</c> or <c>did:web:example.com</c>.</summary>
/// <remarks>Syntax only (https://atproto.com/specs/did). Whether it resolves is <c>IIdentityResolver</c>'s question.</remarks>
public sealed partial record Did : ISyntax<Did>
{
    public const int MaxLength = 2048;

    private Did(string value) => Value = value;

    public string Value { get; }

    /// <summary>The part between the first two colons: <c>plc</c>, <c>web</c>, <c>key</c> …</summary>
    public string Method => Value[4..Value.IndexOf(':', 4)];

    /// <summary>What follows the method: for did:web, the host name with its port as <c>%3A</c>.</summary>
    public string Identifier => Value[(Value.IndexOf(':', 4) + 1)..];

    /// <summary>Whether it is one that an account or service of the protocol can have (https://atproto.com/specs/did#blessed-did-methods): a did:plc
    /// of 24 letters of base32, or a did:web of a host without a path, with a port for <c>localhost</c> only.</summary>
    public bool IsBlessed => Blessed.IsMatch(Value);

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out Did did)
    {
        did = text is { Length: <= MaxLength } && Pattern.IsMatch(text) ? new Did(text) : null;
        return did is not null;
    }

    public static Did Parse(string text) => AtSyntax.Parse<Did>(text);

    /// <summary>The <c>did:web</c> of a host; a port is written as <c>%3A</c>.</summary>
    public static Did Web(string host) => Parse($"did:web:{host.Replace(":", "%3A", StringComparison.Ordinal)}");

    public override string ToString() => Value;

    // The spec's own pattern, but \z: in .NET '$' would also accept a trailing newline.
    [GeneratedRegex(@"^did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]\z")]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(@"^did:(plc:[a-z2-7]{24}|web:(localhost%3A[0-9]{1,5}|[a-zA-Z0-9._-]+))\z")]
    private static partial Regex Blessed { get; }
}
