using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>One scope that an app asks for or was given, for the user to be told about.</summary>
/// <param name="Set">What its author says of the permission set that the scope names: a stranger's words. Null for other scopes.</param>
/// <param name="Holds">What the set grants; none for other scopes.</param>
public sealed record RequestedPermission(Scope Scope, PermissionSetSchema? Set, IReadOnlyList<Scope> Holds)
{
    /// <summary>Whether there is no session without it: the user cannot take it away.</summary>
    public bool IsRequired => Scope is AtprotoScope;

    /// <summary>Those of scopes that name no permission set, or whose sets are in their place.</summary>
    public static IReadOnlyList<RequestedPermission> Of(ScopeSet scopes) => [.. scopes.Scopes.Select(scope => new RequestedPermission(scope, Set: null, []))];
}
