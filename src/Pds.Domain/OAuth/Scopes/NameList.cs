using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth.Scopes;

/// <summary>The NSIDs of a scope, or <c>*</c> for all. There is nothing between: <c>app.bsky.*</c> is not a name.</summary>
internal static class NameList
{
    private const string All = "*";

    /// <param name="texts">As they were written.</param>
    /// <param name="names">Each once, in order; null for all.</param>
    /// <returns>Whether there is at least one, and each is a name or the wildcard.</returns>
    public static bool TryRead(IEnumerable<string> texts, out IReadOnlyList<Nsid>? names)
    {
        var read = new SortedDictionary<string, Nsid>(StringComparer.Ordinal);
        var (isAll, isEmpty) = (false, true);
        names = null;
        foreach (var text in texts)
        {
            isEmpty = false;
            if (text == All) isAll = true;
            else if (Nsid.TryParse(text, out var name)) read[text] = name;
            else return false;
        }

        if (!isAll) names = [.. read.Values];
        return !isEmpty;
    }

    public static IEnumerable<string> Print(IReadOnlyList<Nsid>? names) => names?.Select(name => name.Value) ?? [All];
}
