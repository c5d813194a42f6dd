using MediatR;
using Pds.Application.Identity.Resolving;
using Pds.Application.Pipeline;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.resolveDid</c>: the document of a DID. The handle in it is not confirmed.</summary>
public sealed record ResolveDid(Did Did) : IQuery<ResolveDid.Output>
{
    public sealed record Output(DidDocument DidDoc);

    internal sealed class Handler(IdentityLookup identities) : IRequestHandler<ResolveDid, Output>
    {
        public async Task<Output> Handle(ResolveDid query, CancellationToken ct) =>
            new(await identities.RequireDocumentAsync(query.Did, Freshness.OfLate, ct));
    }
}
