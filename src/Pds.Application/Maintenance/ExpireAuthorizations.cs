using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.Maintenance;

/// <summary>Forgets authorization requests that nobody answered, and OAuth sessions whose time has run out. Answers how many of both.</summary>
public sealed record ExpireAuthorizations : ICommand<int>
{
    internal sealed class Handler(IOAuthRequestStore requests, IOAuthSessionStore sessions, TimeProvider time) : IRequestHandler<ExpireAuthorizations, int>
    {
        public async Task<int> Handle(ExpireAuthorizations command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            return await requests.RemoveExpiredAsync(now - PushedRequest.KeptAfter, ct) + await sessions.RemoveExpiredAsync(now, ct);
        }
    }
}
