using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.OAuth.Scopes;

/// <summary>One thing that an app may be allowed to do, and the word of an OAuth <c>scope</c> that says so (https://atproto.com/specs/permission).</summary>
/// <remarks>What a method needs is a scope as well: the narrowest that covers it. Two are equal if they mean the same, however they were written.</remarks>
public abstract class Scope : IEquatable<Scope>
{
    private protected Scope(string text) => Text = text;

    /// <summary>The one way in which this server writes it: reads back as an equal scope.</summary>
    public string Text { get; }

    /// <summary>Whether whoever has this one may do what <paramref name="needed"/> says.</summary>
    public abstract bool Covers(Scope needed);

    /// <summary>Reads one word. Resources, parameters and values that the specification does not have make it none of ours: what is half understood is not granted.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, [MaybeNullWhen(false)] out Scope scope)
    {
        scope = AtprotoScope.Read(word) ?? TransitionScope.Read(word) ?? ReadResource(word);
        return scope is not null;
    }

    public bool Equals(Scope? other) => other is not null && Text == other.Text;

    public sealed override bool Equals(object? obj) => Equals(obj as Scope);

    public sealed override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public sealed override string ToString() => Text;

    /// <summary>The scope of a resource whose parameters are known to be well formed, or null where they do not mean anything.</summary>
    internal static Scope? Of(ScopeParameters parameters) => parameters.Resource switch
    {
        RepoScope.Resource => RepoScope.Read(parameters),
        RpcScope.Resource => RpcScope.Read(parameters),
        BlobScope.Resource => BlobScope.Read(parameters),
        AccountScope.Resource => AccountScope.Read(parameters),
        IdentityScope.Resource => IdentityScope.Read(parameters),
        IncludeScope.Resource => IncludeScope.Read(parameters),
        _ => null,
    };

    private static Scope? ReadResource(string? word) => ScopeParameters.TryParse(word, out var parameters) ? Of(parameters) : null;
}
