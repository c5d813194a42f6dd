using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>A method that this server does not have, called at it: the service that has it answers.</summary>
/// <param name="Method">Any method at all.</param>
/// <param name="Route">Whom <see cref="ServiceRoutes"/> found for it.</param>
public sealed record PassOn(Nsid Method, ServiceRoute Route) : IQuery<UpstreamAnswer>
{
    internal sealed class Handler(ICaller caller, ServiceProxy proxy) : IRequestHandler<PassOn, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(PassOn query, CancellationToken ct)
        {
            var did = caller.RequireDid();
            caller.Permissions.Demand(RpcScope.Of(query.Method, query.Route.Service), () => XrpcException.InvalidToken("Bad token method"));

            return proxy.PassOnAsync(query.Route, ProxyToken.For(did, query.Route, query.Method), ct);
        }
    }
}
