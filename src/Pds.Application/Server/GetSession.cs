using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.getSession</c>: who the caller is.</summary>
public sealed record GetSession : IQuery<SessionInfo>
{
    internal sealed class Handler(ICaller caller, Sessions sessions) : IRequestHandler<GetSession, SessionInfo>
    {
        public async Task<SessionInfo> Handle(GetSession query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            return SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct));
        }
    }
}
