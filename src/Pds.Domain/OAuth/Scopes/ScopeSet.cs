namespace Pds.Domain.OAuth.Scopes;

/// <summary>What an app asks for, or was given: the words of an OAuth <c>scope</c> (RFC 6749 §3.3), each once.</summary>
/// <remarks>Prints as it was written, in the client's own order, because the client may look for its own words. Two are equal if they hold equal scopes.</remarks>
public sealed class ScopeSet : IEquatable<ScopeSet>
{
    private ScopeSet(IEnumerable<KeyValuePair<Scope, string>> written)
    {
        Written = [.. written.DistinctBy(pair => pair.Key)];
        Canonical = string.Join(' ', Written.Select(pair => pair.Key.Text).Order(StringComparer.Ordinal));
    }

    public static ScopeSet Empty { get; } = new([]);

    /// <summary>Each scope as it was written.</summary>
    public IReadOnlyList<KeyValuePair<Scope, string>> Written { get; }

    public IEnumerable<Scope> Scopes => Written.Select(pair => pair.Key);

    /// <summary>The same for every set that holds the same, whatever the order and the writing.</summary>
    public string Canonical { get; }

    /// <summary>Whether it is enough for a session of this protocol.</summary>
    public bool IsAtproto => Contains(AtprotoScope.Instance);

    /// <summary>The permission sets that it names.</summary>
    public IEnumerable<IncludeScope> Includes => Scopes.OfType<IncludeScope>();

    public static ScopeSet Of(IEnumerable<Scope> scopes) => new(scopes.Select(scope => KeyValuePair.Create(scope, scope.Text)));

    /// <summary>What is no scope, or none that this server knows, is left out: it is not granted, and does not keep the rest from being.</summary>
    public static ScopeSet Parse(string? text)
    {
        var scopes = new List<KeyValuePair<Scope, string>>();
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (Scope.TryParse(word, out var scope)) scopes.Add(KeyValuePair.Create(scope, word));
        return new ScopeSet(scopes);
    }

    /// <summary>Whether this very scope is in it.</summary>
    public bool Contains(Scope scope) => Scopes.Contains(scope);

    /// <summary>Whether it lets somebody do what <paramref name="needed"/> says.</summary>
    public bool Covers(Scope needed) => Scopes.Any(scope => scope.Covers(needed));

    /// <summary>Whether it holds no scope that is not also in <paramref name="other"/>.</summary>
    public bool IsWithin(ScopeSet other) => Scopes.All(other.Contains);

    /// <summary>Those of its scopes that are also in <paramref name="other"/>, as they are written here.</summary>
    public ScopeSet Intersect(ScopeSet other) => new(Written.Where(pair => other.Contains(pair.Key)));

    /// <summary>The same, with others in the place of the permission sets that it names.</summary>
    /// <param name="expand">What a permission set grants.</param>
    public ScopeSet Expand(Func<IncludeScope, IEnumerable<Scope>> expand) => new(Written.SelectMany(pair =>
        pair.Key is IncludeScope include ? expand(include).Select(scope => KeyValuePair.Create(scope, scope.Text)) : [pair]));

    public bool Equals(ScopeSet? other) => other is not null && Canonical == other.Canonical;

    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    public override int GetHashCode() => Canonical.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(' ', Written.Select(pair => pair.Value));
}
