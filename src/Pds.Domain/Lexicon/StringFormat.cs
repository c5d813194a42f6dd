using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>One of the string formats that a lexicon can ask for (https://atproto.com/specs/lexicon#string-formats): each is a type of <see cref="Syntax"/>.</summary>
public sealed class StringFormat
{
    private static readonly Dictionary<string, StringFormat> All = new StringFormat[]
    {
        Of<AtIdentifier>("AT identifier"),
        Of<AtUri>("at-uri"),
        Of<GenericCid>("CID string"),
        Of<AtDatetime>("datetime"),
        Of<Did>("DID"),
        Of<Handle>("handle"),
        Of<LanguageTag>("language"),
        Of<Nsid>("NSID"),
        Of<RecordKey>("record key"),
        Of<Tid>("TID string"),
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

    private static StringFormat Of<T>(string spokenName) where T : ISyntax<T> =>
        new(AtSyntax.NameOf<T>(), spokenName, static text => T.TryParse(text, out _));
}
