using MediatR;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth;

/// <summary><c>GET /.well-known/oauth-authorization-server</c>: what this server is and can do, for clients (RFC 8414, https://atproto.com/specs/oauth#server-metadata).</summary>
public sealed record ServerMetadata : IQuery<ServerMetadata.Output>
{
    public sealed record Output(
        string Issuer,
        bool RequestParameterSupported,
        bool RequestUriParameterSupported,
        bool RequireRequestUriRegistration,
        IReadOnlyList<string> ScopesSupported,
        IReadOnlyList<string> SubjectTypesSupported,
        IReadOnlyList<string> ResponseTypesSupported,
        IEnumerable<string> ResponseModesSupported,
        IReadOnlyList<string> GrantTypesSupported,
        IReadOnlyList<string> CodeChallengeMethodsSupported,
        IReadOnlyList<string> UiLocalesSupported,
        IReadOnlyList<string> DisplayValuesSupported,
        bool AuthorizationResponseIssParameterSupported,
        string JwksUri,
        string AuthorizationEndpoint,
        string TokenEndpoint,
        IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
        IReadOnlyList<string> TokenEndpointAuthSigningAlgValuesSupported,
        string RevocationEndpoint,
        string PushedAuthorizationRequestEndpoint,
        bool RequirePushedAuthorizationRequests,
        IReadOnlyList<string> DpopSigningAlgValuesSupported,
        IReadOnlyList<string> ProtectedResources,
        bool ClientIdMetadataDocumentSupported,
        IEnumerable<string> PromptValuesSupported);

    internal sealed class Handler(ServiceOptions service) : IRequestHandler<ServerMetadata, Output>
    {
        public Task<Output> Handle(ServerMetadata query, CancellationToken ct)
        {
            var issuer = service.PublicUrl;
            return Task.FromResult(new Output(
                issuer,
                RequestParameterSupported: false,
                RequestUriParameterSupported: true,
                RequireRequestUriRegistration: true,
                ["atproto", "transition:email", "transition:generic", "transition:chat.bsky"],
                SubjectTypesSupported: ["public"],
                ResponseTypesSupported: ["code"],
                AuthorizationRequest.ResponseModeNames,
                GrantTypesSupported: ["authorization_code", "refresh_token"],
                CodeChallengeMethodsSupported: [Pkce.Method],
                UiLocalesSupported: ["en-US"],
                DisplayValuesSupported: ["page", "popup", "touch"],
                AuthorizationResponseIssParameterSupported: true,
                $"{issuer}/oauth/jwks",
                $"{issuer}/oauth/authorize",
                $"{issuer}/oauth/token",
                TokenEndpointAuthMethodsSupported: ["none", "private_key_jwt"],
                Jwk.Algorithms,
                $"{issuer}/oauth/revoke",
                $"{issuer}/oauth/par",
                RequirePushedAuthorizationRequests: true,
                Jwk.Algorithms,
                ProtectedResources: [issuer],
                ClientIdMetadataDocumentSupported: true,
                AuthorizationRequest.PromptNames));
        }
    }
}
