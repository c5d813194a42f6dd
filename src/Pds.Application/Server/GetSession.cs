using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.getSession</c>: who the caller is.</summary>
public sealed record GetSession : IQuery<SessionInfo>
{
    internal sealed class Handler(ICaller caller, IAccountStore accounts, Sessions sessions) : IRequestHandler<GetSession, SessionInfo>
    {
        public async Task<SessionInfo> Handle(GetSession query, CancellationToken ct)
        {
            var account = await accounts.FindAsync(caller.RequireDid(), ct) ?? throw XrpcException.AccountNotFound();
            return SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct));
        }
    }
}
