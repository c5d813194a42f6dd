using System.Globalization;
using System.Text;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>A permission set as people are shown it. The texts are a stranger's: pages show them as such, and never as markup.</summary>
/// <param name="Title">A few words of its author; null for none. Bounded, and in one line.</param>
/// <param name="Detail">A sentence or two of its author; null for none. Bounded, and in one line.</param>
/// <param name="Scopes">What it grants, which may be less than it lists.</param>
public sealed record ConsentSet(string? Title, string? Detail, IReadOnlyList<Scope> Scopes)
{
    /// <summary>In code points.</summary>
    public const int MaxTitle = 100;

    /// <summary>In code points.</summary>
    public const int MaxDetail = 300;

    /// <param name="languages">Those that the reader knows, the best first.</param>
    internal static ConsentSet Of(IncludeScope include, PermissionSetSchema set, IReadOnlyList<string> languages) =>
        new(Clean(set.Title.In(languages), MaxTitle), Clean(set.Detail.In(languages), MaxDetail), [.. include.Expand(set)]);

    /// <summary>Short, and without the characters that could make the text around it look like something else.</summary>
    private static string? Clean(string? text, int length)
    {
        var plain = (text ?? "").EnumerateRunes().Select(Plain).Where(part => part.Length > 0).Take(length + 1).ToList();
        var line = string.Concat(plain.Take(length)).Trim();
        return line.Length == 0 ? null : plain.Count > length ? $"{line}…" : line;
    }

    private static string Plain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format => "",
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        _ => rune.ToString(),
    };
}
