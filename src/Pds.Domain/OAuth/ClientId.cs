using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>
/// A client's name, which says where its metadata is (https://atproto.com/specs/oauth#clients): the https address of a document, or
/// <c>http://localhost</c> with the metadata in its query, for development.
/// </summary>
public sealed partial record ClientId : ISyntax<ClientId>
{
    /// <summary>That of an app that is being written has its scopes in it, which may be many; and all of it has to fit into an address, escaped once more.</summary>
    public const int MaxLength = 8192;

    private const string Localhost = "http://localhost";

    private ClientId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Whether the metadata are in the name itself.</summary>
    public bool IsLoopback => Value.StartsWith(Localhost, StringComparison.Ordinal);

    /// <summary>Where the metadata are. Not for a loopback client.</summary>
    public Uri Address => new(Value);

    /// <summary>What people can be shown: the host.</summary>
    public string Host => Address.Host;

    /// <summary>The query, without its question mark; of a loopback client, its metadata.</summary>
    public string Query => Value.IndexOf('?', StringComparison.Ordinal) is var start and >= 0 ? Value[(start + 1)..] : "";

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out ClientId value)
    {
        var isOne = text is { Length: <= MaxLength } && Ascii.IsMatch(text) && (LoopbackForm.IsMatch(text) || IsDiscoverable(text));
        value = isOne ? new ClientId(text!) : null;
        return isOne;
    }

    public static ClientId Parse(string text) => AtSyntax.Parse<ClientId>(text);

    public override string ToString() => Value;

    /// <summary>An https address in its one form: a domain of two labels at least, a path that names a file, and no credentials or fragment.</summary>
    private static bool IsDiscoverable(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address is { UserInfo.Length: 0, Fragment.Length: 0, HostNameType: UriHostNameType.Dns }
        && address.Host.Contains('.', StringComparison.Ordinal) && !address.Host.EndsWith('.') && !IPAddress.TryParse(address.Host, out _)
        && !address.AbsolutePath.EndsWith('/')
        && address.AbsoluteUri == text; // as it is written, so that nobody reads it in two ways

    [GeneratedRegex(@"^[\x21-\x7e]+\z")]
    private static partial Regex Ascii { get; }

    [GeneratedRegex(@"^http://localhost/?(\?[^#]*)?\z")]
    private static partial Regex LoopbackForm { get; }
}
