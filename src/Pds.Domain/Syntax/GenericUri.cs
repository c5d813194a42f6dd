using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>Any URI, as lexicons' <c>uri</c> format has it: a scheme, a colon, and something without spaces, up to 8 KiB.</summary>
/// <remarks>https://atproto.com/specs/lexicon#uri</remarks>
public sealed partial record GenericUri : ISyntax<GenericUri>
{
    public const int MaxLength = 8192;

    private GenericUri(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out GenericUri uri)
    {
        uri = text is { Length: <= MaxLength } && Pattern.IsMatch(text) ? new GenericUri(text) : null;
        return uri is not null;
    }

    public static GenericUri Parse(string text) => AtSyntax.Parse<GenericUri>(text);

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9.+-]{0,80}:\S+\z")]
    private static partial Regex Pattern { get; }
}
