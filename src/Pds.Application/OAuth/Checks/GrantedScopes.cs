using Pds.Application.Errors;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Checks;

/// <summary>What a grant amounts to: its scopes, with what each permission set holds in its place.</summary>
internal sealed class GrantedScopes(PermissionSets sets)
{
    /// <summary>Each may take seconds to look up.</summary>
    private const int MaxSets = 16;

    /// <exception cref="OAuthException">invalid_scope: a permission set cannot be had. temporarily_unavailable.</exception>
    public async Task<ScopeSet> ExpandAsync(ScopeSet scopes, CancellationToken ct)
    {
        var names = scopes.Includes.Select(include => include.Set).Distinct().ToList();
        if (names.Count > MaxSets) throw OAuthException.InvalidScope($"More than {MaxSets} permission sets");
        try
        {
            var found = await sets.FindAsync(names, ct);
            if (names.Find(name => !found.ContainsKey(name)) is { } missing) throw OAuthException.InvalidScope($"Could not resolve permission set {missing}");
            return scopes.Expand(include => include.Expand(found[include.Set]));
        }
        catch (XrpcException busy) when (busy.Kind == XrpcErrorKind.NotEnoughResources)
        {
            throw OAuthException.TemporarilyUnavailable(busy.Message, busy);
        }
    }
}
