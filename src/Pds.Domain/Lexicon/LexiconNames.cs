using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>The full names of definitions.</summary>
internal static class LexiconNames
{
    /// <summary><c>id#name</c>; the main definition goes by the document's name alone.</summary>
    public static string FullName(this Nsid id, string name) => name == LexiconDocument.Main ? id.Value : $"{id.Value}#{name}";
}
