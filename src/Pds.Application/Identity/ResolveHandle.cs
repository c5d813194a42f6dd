using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.resolveHandle</c>: the DID behind a handle, of this server or any other.</summary>
public sealed record ResolveHandle(Handle Handle) : IQuery<ResolveHandle.Output>
{
    public sealed record Output(Did Did);

    internal sealed class Handler(AccountGate accounts, IIdentityResolver identities, HandlePolicy handles)
        : IRequestHandler<ResolveHandle, Output>
    {
        public async Task<Output> Handle(ResolveHandle query, CancellationToken ct)
        {
            if (await accounts.FindActiveAsync(AtIdentifier.Of(query.Handle), ct) is { } account) return new Output(account.Did);

            // A handle of our own that nobody has, or whose account is out of circulation, needs no asking around.
            if (handles.IsServed(query.Handle)) throw XrpcException.HandleNotFound();

            var did = await identities.ResolveHandleAsync(query.Handle, ct) ?? throw XrpcException.InvalidRequest("Unable to resolve handle");
            return new Output(did);
        }
    }
}
