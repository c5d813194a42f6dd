using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.OAuth.Grants;

/// <summary>The caller disconnects an app: its tokens are good for nothing from now on, and it must ask for consent anew. Ending what is not there succeeds.</summary>
/// <param name="Id">As <see cref="ListGrants"/> names it.</param>
public sealed record RevokeGrant(string Id) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IOAuthSessionStore sessions) : IRequestHandler<RevokeGrant, Unit>
    {
        public async Task<Unit> Handle(RevokeGrant command, CancellationToken ct)
        {
            if (sessions.Find(command.Id) is not { } session || session.Did != caller.RequireDid()) return Unit.Value;
            await sessions.RemoveAsync(session.Id, ct);
            await sessions.RemoveConsentAsync(session.Did, session.Client, ct);
            return Unit.Value;
        }
    }
}
