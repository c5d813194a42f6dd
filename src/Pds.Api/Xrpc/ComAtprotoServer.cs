using MediatR;
using Pds.Api.Auth;
using Pds.Application.Accounts;
using Pds.Application.Server;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.server.*</c></summary>
internal static class ComAtprotoServer
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<CreateAccount, CreateAccount.Output>("com.atproto.server.createAccount", Access.NoHeader);
        xrpc.Procedure<CreateAppPassword, CreateAppPassword.Output>("com.atproto.server.createAppPassword", Access.FullSession);
        xrpc.Procedure<CreateSession, SessionWithTokens>("com.atproto.server.createSession", Access.Public);
        xrpc.ProcedureWithoutInput<DeleteSession, Unit>("com.atproto.server.deleteSession", Access.RefreshToEnd);
        xrpc.Query<DescribeServer, DescribeServer.Output>("com.atproto.server.describeServer", Access.Public);
        xrpc.Query<GetSession, SessionInfo>("com.atproto.server.getSession", Access.Session);
        xrpc.Query<ListAppPasswords, ListAppPasswords.Output>("com.atproto.server.listAppPasswords", Access.Session);
        xrpc.ProcedureWithoutInput<RefreshSession, SessionWithTokens>("com.atproto.server.refreshSession", Access.Refresh);
        xrpc.Procedure<RevokeAppPassword, Unit>("com.atproto.server.revokeAppPassword", Access.Session);
    }
}
