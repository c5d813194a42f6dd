using MediatR;
using Pds.Application.Errors;
using Pds.Application.Identity.Resolving;
using Pds.Application.Pipeline;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.resolveHandle</c>: the DID behind a handle, of this server or any other.</summary>
public sealed record ResolveHandle(Handle Handle) : IQuery<ResolveHandle.Output>
{
    public sealed record Output(Did Did);

    internal sealed class Handler(HandleLookup lookup, HandlePolicy handles) : IRequestHandler<ResolveHandle, Output>
    {
        public async Task<Output> Handle(ResolveHandle query, CancellationToken ct)
        {
            var did = await lookup.FindAsync(query.Handle, Freshness.OfLate, ct)
                ?? throw (handles.IsServed(query.Handle) ? XrpcException.HandleNotFound() : XrpcException.InvalidRequest("Unable to resolve handle"));
            return new Output(did);
        }
    }
}
