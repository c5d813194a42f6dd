using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>One of the string formats that a lexicon can ask for (https://atproto.com/specs/lexicon#string-formats): each is a type of <see cref="Syntax"/>.</summary>
public sealed class StringFormat
{
    private static readonly Dictionary<string, StringFormat> All = new StringFormat[]
    {
        Of<AtIdentifier>("at-identifier"),
        Of<AtUri>("at-uri"),
        Of<GenericCid>("cid"),
        Of<AtDatetime>("datetime"),
        Of<Did>("did"),
        Of<Handle>("handle"),
        Of<LanguageTag>("language"),
        Of<Nsid>("nsid"),
        Of<RecordKey>("record-key"),
        Of<Tid>("tid"),
        Of<GenericUri>("uri"),
    }.ToDictionary(format => format.Name);

    private readonly Func<string, bool> _accepts;

    private StringFormat(string name, string spokenName, Func<string, bool> accepts) => (Name, SpokenName, _accepts) = (name, spokenName, accepts);

    public static StringFormat Tid { get; } = All["tid"];

    public static StringFormat Nsid { get; } = All["nsid"];

    /// <summary>As lexicons write it: <c>at-uri</c>.</summary>
    public string Name { get; }

    /// <summary>As messages write it.</summary>
    public string SpokenName { get; }

    /// <summary>The format of that name, or null where the language has none.</summary>
    public static StringFormat? Find(string name) => All.GetValueOrDefault(name);

    public bool Accepts(string text) => _accepts(text);

    private static StringFormat Of<T>(string name) where T : ISyntax<T> =>
        new(name, AtSyntax.NameOf<T>(), static text => T.TryParse(text, out _));
}
