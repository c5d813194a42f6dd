using Pds.Application.Options;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Checks;

/// <summary>Makes of what a client asks what it may ask.</summary>
internal sealed class RequestRules(OAuthOptions options, GrantedScopes scopes)
{
    /// <summary>The request with its redirect URI, with the scopes that this server knows, and with a prompt where the client does not choose.</summary>
    /// <exception cref="OAuthException">invalid_request, invalid_scope.</exception>
    public async Task<AuthorizationRequest> CompleteAsync(ClientMetadata client, AuthorizationRequest asked, CancellationToken ct)
    {
        var request = client.Complete(asked);
        request = request with { Scope = request.Scopes.ToString() }; // what is not known is not granted, and nobody is asked for it
        await scopes.ExpandAsync(request.Scopes, ct);

        // Anybody can take the name of a public client, so nothing is given to one without a look at it.
        if (client.IsConfidential || options.TrustedClients.Contains(client.Id)) return request;
        return request.Prompt switch
        {
            Prompt.None => throw OAuthException.InvalidRequest("Public clients are not allowed to use silent-sign-on"),
            Prompt.Create => request,
            _ => request with { Prompt = Prompt.Consent },
        };
    }
}
