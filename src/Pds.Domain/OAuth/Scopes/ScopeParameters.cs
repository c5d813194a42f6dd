using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.OAuth.Scopes;

/// <summary>A scope taken apart: <c>resource:positional?name=value&amp;name=value</c>, decoded. What the parts mean is each resource's to say.</summary>
internal sealed class ScopeParameters(string resource, string? positional, IReadOnlyList<KeyValuePair<string, string>> named)
{
    public string Resource => resource;

    public static bool TryParse([NotNullWhen(true)] string? word, [MaybeNullWhen(false)] out ScopeParameters parameters)
    {
        parameters = null;
        if (string.IsNullOrEmpty(word) || !ScopeText.IsWord(word)) return false;

        var question = word.IndexOf('?', StringComparison.Ordinal);
        var head = question < 0 ? word : word[..question];
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        string? positional = null;
        if (colon >= 0 && !ScopeText.TryDecode(head.AsSpan(colon + 1), out positional)) return false;
        if (ReadNamed(question < 0 ? "" : word[(question + 1)..]) is not { } named) return false;

        parameters = new ScopeParameters(colon < 0 ? head : head[..colon], positional, named);
        return true;
    }

    /// <summary>The values by name, those of a name that is absent being none. Null where a name is not among these, or the positional value is given by its name as well.</summary>
    /// <param name="positionalName">What the value after the colon is called.</param>
    /// <param name="otherNames">The other parameters of the resource.</param>
    public ILookup<string, string>? Values(string positionalName, params ReadOnlySpan<string> otherNames)
    {
        foreach (var (name, _) in named)
        {
            if (name == positionalName ? positional is not null : !otherNames.Contains(name)) return null;
        }

        var all = positional is null ? named : named.Append(KeyValuePair.Create(positionalName, positional));
        return all.ToLookup(pair => pair.Key, pair => pair.Value);
    }

    private static List<KeyValuePair<string, string>>? ReadNamed(string query)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            if (!ScopeText.TryDecode(name, out var decodedName) || !ScopeText.TryDecode(value, out var decodedValue)) return null;
            named.Add(KeyValuePair.Create(decodedName, decodedValue));
        }

        return named;
    }
}
