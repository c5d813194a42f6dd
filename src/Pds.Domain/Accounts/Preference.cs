namespace Pds.Domain.Accounts;

/// <summary>Something that an account's owner likes to have so in his apps. Private: no other account and no service sees it.</summary>
/// <param name="Type">Its <c>$type</c>.</param>
/// <param name="Json">All of it, <c>$type</c> included: a JSON object. Not always data of the protocol: numbers may be broken.</param>
public sealed record Preference(string Type, string Json)
{
    /// <summary>Where all preferences belong that this server keeps.</summary>
    public const string Namespace = "app.bsky";

    private const string Personal = "app.bsky.actor.defs#personalDetailsPref";

    /// <summary>Whether it is in <see cref="Namespace"/>.</summary>
    public bool IsInNamespace => Type == Namespace || Type.StartsWith($"{Namespace}.", StringComparison.Ordinal);

    /// <summary>Whether it is for the owner alone, who signs in with the account's own password: when he was born.</summary>
    public bool IsPersonal => Type == Personal;

    /// <summary>Whether it follows from others and is never kept: see <see cref="DeclaredAge"/>.</summary>
    public bool IsComputed => Type == DeclaredAge.Type;
}
