using MediatR;
using Pds.Application.Identity.Resolving;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.resolveIdentity</c>: the DID, document and confirmed handle behind a DID or handle.</summary>
public sealed record ResolveIdentity(AtIdentifier Identifier) : IQuery<IdentityInfo>
{
    internal sealed class Handler(IdentityLookup identities) : IRequestHandler<ResolveIdentity, IdentityInfo>
    {
        public Task<IdentityInfo> Handle(ResolveIdentity query, CancellationToken ct) => identities.RequireAsync(query.Identifier, Freshness.OfLate, ct);
    }
}
