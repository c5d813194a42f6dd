using Pds.Domain.Data;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth.Scopes;

/// <summary>What a permission set grants to whoever includes it (https://atproto.com/specs/permission#permission-sets).</summary>
/// <remarks>
/// Sets are strangers' writing, and change after the user has agreed to one. So a set is held to its own namespace, to records and calls, without wildcards; and
/// a permission that is not wholly understood grants nothing, because the part that is not might have narrowed it.
/// </remarks>
internal static class IncludedPermissions
{
    private const string Aud = "aud";
    private const string AnyAudience = "*";
    private const string InheritAud = "inheritAud";

    public static IEnumerable<Scope> Of(IncludeScope include, PermissionSetSchema set) =>
        set.Permissions.Select(permission => Read(include, permission)).OfType<Scope>().Where(scope => IsWithin(include.Set, scope)).Distinct();

    private static Scope? Read(IncludeScope include, LexiconPermission permission) => permission.Resource switch
    {
        RepoScope.Resource => ReadParameters(permission.Resource, permission.Parameters.Fields),
        RpcScope.Resource => ReadCall(include, permission),
        _ => null,
    };

    /// <summary>A call is for any service, or for the one that the app names where it includes the set: the set itself may not choose.</summary>
    private static Scope? ReadCall(IncludeScope include, LexiconPermission permission)
    {
        var parameters = permission.Parameters;
        var inherits = parameters[InheritAud] is LexBoolean { Value: true };
        if (parameters[InheritAud] is not (null or LexBoolean)) return null;
        if (inherits ? parameters[Aud] is not null || include.Audience is null : parameters.Text(Aud) != AnyAudience) return null;

        var rest = parameters.Fields.Where(field => field.Key is not InheritAud);
        return ReadParameters(permission.Resource, inherits ? rest.Append(new(Aud, new LexString(include.Audience!.ToString()))) : rest);
    }

    /// <summary>Here a parameter with several values is a list, even with one; one that takes a single value is a text.</summary>
    private static Scope? ReadParameters(string resource, IEnumerable<KeyValuePair<string, LexValue>> fields)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in fields)
        {
            if (name == Aud ? value is not LexString : value is not LexArray { Items.Count: > 0 }) return null;
            foreach (var item in value is LexArray list ? list.Items : [value])
            {
                if (item is not LexString text) return null;
                named.Add(new(name, text.Value));
            }
        }

        return Scope.Of(new ScopeParameters(resource, positional: null, named));
    }

    private static bool IsWithin(Nsid set, Scope scope) => scope switch
    {
        RepoScope { Collections: { } collections } => collections.All(collection => IsWithin(set, collection)),
        RpcScope { Methods: { } methods } => methods.All(method => IsWithin(set, method)),
        _ => false, // a wildcard
    };

    /// <summary>Whether a name is in the group of the set, or in one below it: not in the group's parent, nor in its siblings.</summary>
    private static bool IsWithin(Nsid set, Nsid name) => name.Value.StartsWith(set.Value[..^set.Name.Length], StringComparison.Ordinal);
}
