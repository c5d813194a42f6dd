using Pds.Application.Errors;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Checks;

/// <summary>What a grant amounts to: its scopes, with what each permission set holds in its place.</summary>
internal sealed class GrantedScopes(PermissionSets sets)
{
    /// <summary>Each may take seconds to look up.</summary>
    private const int MaxSets = 16;

    /// <summary>In characters, of what they hold together. Every request of the app reads it.</summary>
    private const int MaxGrant = 64 * 1024;

    /// <exception cref="OAuthException">invalid_scope: a permission set cannot be had, or holds too much. temporarily_unavailable.</exception>
    public async Task<ScopeSet> ExpandAsync(ScopeSet scopes, CancellationToken ct)
    {
        var names = scopes.Includes.Select(include => include.Set).Distinct().ToList();
        if (names.Count > MaxSets) throw OAuthException.InvalidScope($"More than {MaxSets} permission sets");
        try
        {
            var found = await sets.FindAsync(names, ct);
            if (names.Find(name => !found.ContainsKey(name)) is { } missing) throw OAuthException.InvalidScope($"Could not resolve Lexicon for NSID ({missing})");
            var grant = scopes.Expand(include => include.Expand(found[include.Set]));
            return names.Count == 0 || grant.ToString().Length <= MaxGrant ? grant : throw OAuthException.InvalidScope("The permission sets hold too much");
        }
        catch (XrpcException busy) when (busy.Kind == XrpcErrorKind.NotEnoughResources)
        {
            throw OAuthException.TemporarilyUnavailable(busy.Message, busy);
        }
    }
}
