using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.deleteSession</c>: ends the session whose refresh token was sent, expired or not.</summary>
/// <remarks>The whole chain goes: neither a token that was exchanged for this one, nor one that it was exchanged for, brings the session back.</remarks>
public sealed record DeleteSession : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, ISessionStore sessions) : IRequestHandler<DeleteSession, Unit>
    {
        public async Task<Unit> Handle(DeleteSession command, CancellationToken ct)
        {
            if (caller.RefreshTokenId is { } id) await sessions.RemoveChainAsync(id, ct);
            return Unit.Value;
        }
    }
}
