namespace Pds.Domain.Syntax;

/// <summary>Parses any <see cref="ISyntax{TSelf}"/> when the text must be right.</summary>
public static class AtSyntax
{
    /// <exception cref="FormatException">The text is not a valid <typeparamref name="T"/>.</exception>
    public static T Parse<T>(string text) where T : ISyntax<T> =>
        T.TryParse(text, out var value) ? value : throw new FormatException($"Invalid {NameOf<T>()}");

    /// <summary>The format's name as lexicons write it: <c>did</c>, <c>at-uri</c>, <c>record-key</c>.</summary>
    public static string NameOf<T>() where T : ISyntax<T> => Names<T>.Lexicon;

    private static class Names<T>
    {
        public static readonly string Lexicon = Spell(typeof(T).Name);

        private static string Spell(string pascal) => pascal switch
        {
            nameof(AtDatetime) => "datetime",
            nameof(LanguageTag) => "language",
            nameof(GenericUri) => "uri",
            nameof(GenericCid) => "cid",
            _ => string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")),
        };
    }
}
