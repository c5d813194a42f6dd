namespace Pds.Domain.Lexicon.Schemas;

/// <summary>What a lexicon's author tells people, and the same in other languages (<c>title</c>, <c>title:lang</c>). A stranger's text, of any length.</summary>
/// <param name="Default">In a language that is not told; null for nothing.</param>
/// <param name="Translations">By language tag, in lower case.</param>
public sealed record LocalizedText(string? Default, IReadOnlyDictionary<string, string> Translations)
{
    /// <summary>The text for who reads these languages, the best first; a tag that has no text of its own stands for what it is a variety of (RFC 4647 §3.4).</summary>
    public string? In(IEnumerable<string> languages)
    {
        foreach (var language in languages)
        {
            for (var range = language.ToLowerInvariant(); range.Length > 0; range = Widen(range))
                if (Translations.TryGetValue(range, out var text)) return text;
        }

        return Default;
    }

    private static string Widen(string range)
    {
        var end = range.LastIndexOf('-');
        if (end >= 2 && range[end - 2] == '-') end -= 2; // a single letter says what follows, and means nothing by itself
        return end < 0 ? "" : range[..end];
    }
}
