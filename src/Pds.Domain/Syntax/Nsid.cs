using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>The name of a lexicon: an authority's domain reversed, and a name: <c>app.bsky.feed.post</c>.</summary>
/// <remarks>https://atproto.com/specs/nsid</remarks>
public sealed partial record Nsid : ISyntax<Nsid>
{
    public const int MaxLength = 317;

    private Nsid(string value) => Value = value;

    public string Value { get; }

    /// <summary>The last segment: <c>post</c> in <c>app.bsky.feed.post</c>.</summary>
    public string Name => Value[(Value.LastIndexOf('.') + 1)..];

    /// <summary>The domain that owns it, in DNS order: <c>feed.bsky.app</c> for <c>app.bsky.feed.post</c>.</summary>
    public string Authority => string.Join('.', Value.Split('.')[..^1].Reverse());

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out Nsid nsid)
    {
        nsid = text is { Length: <= MaxLength } && Pattern.IsMatch(text) ? new Nsid(text) : null;
        return nsid is not null;
    }

    public static Nsid Parse(string text) => AtSyntax.Parse<Nsid>(text);

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\.[a-zA-Z][a-zA-Z0-9]{0,62}\z")]
    private static partial Regex Pattern { get; }
}
