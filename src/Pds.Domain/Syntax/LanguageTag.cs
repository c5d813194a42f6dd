using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>A BCP 47 language tag, such as <c>ja</c> or <c>pt-BR</c>.</summary>
/// <remarks>Well-formed per RFC 5646 §2.1 and without a repeated variant or extension (§2.2.9); subtags are not looked up in the registry.</remarks>
public sealed partial record LanguageTag : ISyntax<LanguageTag>
{
    public const int MaxLength = 128;

    private LanguageTag(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out LanguageTag tag)
    {
        tag = text is { Length: <= MaxLength } && Pattern.IsMatch(text) && !RepeatsASubtag(text) ? new LanguageTag(text) : null;
        return tag is not null;
    }

    public static LanguageTag Parse(string text) => AtSyntax.Parse<LanguageTag>(text);

    public override string ToString() => Value;

    private static bool RepeatsASubtag(string text)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var inExtension = false;
        foreach (var subtag in text.Split('-').Skip(1))
        {
            if (subtag is "x" or "X") return false; // all that follows is private
            var isSingleton = subtag.Length == 1;
            inExtension |= isSingleton;
            var isVariant = !inExtension && (subtag.Length >= 5 || (subtag.Length == 4 && char.IsAsciiDigit(subtag[0])));
            if ((isSingleton || isVariant) && !seen.Add(subtag)) return true;
        }

        return false;
    }

    [GeneratedRegex(@"^([a-z]{2,3}|i|[xX](?=-))(-[a-zA-Z0-9]{1,8})*\z")]
    private static partial Regex Pattern { get; }
}
