using MediatR;
using Pds.Application.Identity.Resolving;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.refreshIdentity</c>: the same as <see cref="ResolveIdentity"/>, asked of the network now; the next who resolve it are answered so too.</summary>
/// <remarks>For accounts of this server: what costs others a request is not for everybody to cause.</remarks>
public sealed record RefreshIdentity(AtIdentifier Identifier) : ICommand<IdentityInfo>
{
    internal sealed class Handler(IdentityLookup identities) : IRequestHandler<RefreshIdentity, IdentityInfo>
    {
        public Task<IdentityInfo> Handle(RefreshIdentity command, CancellationToken ct) => identities.RequireAsync(command.Identifier, Freshness.OfNow, ct);
    }
}
