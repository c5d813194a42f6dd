using Pds.Domain.Crypto;

namespace Pds.Domain.OAuth;

/// <summary>What a client says of itself (https://atproto.com/specs/oauth#client-id-metadata-document), held against every rule of the profile when it was read.</summary>
/// <param name="Id">The client.</param>
/// <param name="RedirectUris">At least one.</param>
/// <param name="Scopes">The words that it may ask for.</param>
/// <param name="CanRefresh">Whether it takes refresh tokens.</param>
/// <param name="SigningAlgorithm">What it proves itself by; null for a public client, which does not.</param>
/// <param name="Keys">Its keys, where they are in the document.</param>
/// <param name="KeysUri">Where its keys are, otherwise; null for a public client.</param>
public sealed record ClientMetadata(
    ClientId Id, IReadOnlyList<RedirectUri> RedirectUris, IReadOnlySet<string> Scopes, bool CanRefresh,
    string? SigningAlgorithm = null, IReadOnlyList<Jwk>? Keys = null, Uri? KeysUri = null,
    string? Name = null, Uri? Home = null, Uri? Logo = null, Uri? Terms = null, Uri? Policy = null)
{
    /// <summary>The largest document that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Whether it proves who it is at each step (RFC 6749 §2.1).</summary>
    public bool IsConfidential => SigningAlgorithm is not null;

    /// <summary>The request with the redirect URI that it means.</summary>
    /// <exception cref="OAuthException">invalid_request, invalid_scope: the client may not ask so.</exception>
    public AuthorizationRequest Complete(AuthorizationRequest request)
    {
        if (request.Scope.Split(' ').FirstOrDefault(word => !Scopes.Contains(word)) is { } foreign)
            throw OAuthException.InvalidScope($"Scope \"{foreign}\" is not declared in the client metadata");
        if (request.RedirectUri is { } asked)
            return RedirectUris.Any(declared => declared.Allows(asked)) ? request : throw OAuthException.InvalidRequest($"Invalid redirect_uri {asked}");
        return RedirectUris is [var only] ? request with { RedirectUri = only } : throw OAuthException.InvalidRequest("redirect_uri is required");
    }
}
