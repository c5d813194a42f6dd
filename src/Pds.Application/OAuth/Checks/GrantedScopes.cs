using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Checks;

/// <summary>What a grant amounts to: its scopes, with what each permission set holds in its place.</summary>
internal sealed class GrantedScopes
{
    /// <exception cref="OAuthException">invalid_scope: a permission set cannot be had.</exception>
    public Task<ScopeSet> ExpandAsync(ScopeSet scopes, CancellationToken ct) =>
        scopes.Includes.FirstOrDefault() is { } include ? throw OAuthException.InvalidScope($"Could not resolve permission set {include.Set}") : Task.FromResult(scopes);
}
