using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>Reads what an app asks for, so that the user is told all of it: what permission sets hold, too.</summary>
internal sealed class RequestedPermissions(PermissionSets sets)
{
    /// <summary>In the order in which the app asks. A set that cannot be had now is named and holds nothing; it is looked up again before anything is granted.</summary>
    public async Task<IReadOnlyList<RequestedPermission>> ReadAsync(ScopeSet scopes, CancellationToken ct)
    {
        var found = await sets.FindAsync(scopes.Includes.Select(include => include.Set), ct);
        return [.. scopes.Scopes.Select(scope => scope is IncludeScope include ? Read(include, found.GetValueOrDefault(include.Set)) : new RequestedPermission(scope, Set: null, []))];
    }

    private static RequestedPermission Read(IncludeScope include, PermissionSetSchema? set) => new(include, set, set is null ? [] : [.. include.Expand(set)]);
}
