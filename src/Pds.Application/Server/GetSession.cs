using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.getSession</c>: who the caller is; the e-mail address only to an app that may see it.</summary>
public sealed record GetSession : IQuery<SessionInfo>
{
    private static readonly Scope ReadEmail = AccountScope.Of(AccountAttribute.Email, AccountAction.Read);

    internal sealed class Handler(ICaller caller, Sessions sessions) : IRequestHandler<GetSession, SessionInfo>
    {
        public async Task<SessionInfo> Handle(GetSession query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var info = SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct));
            return caller.Permissions.Allow(ReadEmail) ? info : info with { Email = null, EmailConfirmed = null, EmailAuthFactor = null };
        }
    }
}
