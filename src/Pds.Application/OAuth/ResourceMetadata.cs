using MediatR;
using Pds.Application.Options;
using Pds.Application.Pipeline;

namespace Pds.Application.OAuth;

/// <summary><c>GET /.well-known/oauth-protected-resource</c>: who lets clients in here (RFC 9728): this server itself.</summary>
public sealed record ResourceMetadata : IQuery<ResourceMetadata.Output>
{
    public sealed record Output(
        string Resource, IReadOnlyList<string> AuthorizationServers, IReadOnlyList<string> ScopesSupported, IReadOnlyList<string> BearerMethodsSupported, string ResourceDocumentation);

    internal sealed class Handler(ServiceOptions service) : IRequestHandler<ResourceMetadata, Output>
    {
        public Task<Output> Handle(ResourceMetadata query, CancellationToken ct) => Task.FromResult(new Output(
            service.PublicUrl, AuthorizationServers: [service.PublicUrl], ScopesSupported: [], BearerMethodsSupported: ["header"], "https://atproto.com"));
    }
}
