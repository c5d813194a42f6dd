using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Accounts.Devices;

/// <summary>Ends a session that an app has on the caller's account: it gets no more tokens, and those it has run out within two hours. Ending what is not there succeeds.</summary>
/// <param name="Id">As <see cref="ListDevices"/> names it.</param>
public sealed record EndAppSession(string Id) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, ISessionStore sessions) : IRequestHandler<EndAppSession, Unit>
    {
        public async Task<Unit> Handle(EndAppSession command, CancellationToken ct)
        {
            if (await sessions.FindAsync(command.Id, ct) is { } token && token.Did == caller.RequireDid()) await sessions.RemoveChainAsync(token.Id, ct);
            return Unit.Value;
        }
    }
}
