using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>Whose an authorization request is, for the pages that its user passes on the way; null where there is no such request. Changes nothing.</summary>
public sealed record FindRequestClient(RequestUri Request) : IQuery<ClientId?>
{
    internal sealed class Handler(IOAuthRequestStore requests) : IRequestHandler<FindRequestClient, ClientId?>
    {
        public async Task<ClientId?> Handle(FindRequestClient query, CancellationToken ct) => (await requests.FindAsync(query.Request, ct))?.Client;
    }
}
