using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Accounts;
using Pds.Application.Server;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.server.*</c></summary>
internal static class ComAtprotoServer
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<CreateAccount, CreateAccount.Output>("com.atproto.server.createAccount", Access.NoHeader, Limit.CreateAccount);
        xrpc.Procedure<CreateSession, SessionWithTokens>("com.atproto.server.createSession", Access.Public, Limit.CreateSession);
        xrpc.ProcedureWithoutInput<DeleteSession, Unit>("com.atproto.server.deleteSession", Access.RefreshToEnd);
        xrpc.Query<DescribeServer, DescribeServer.Output>("com.atproto.server.describeServer", Access.Public);
        xrpc.Query<GetSession, SessionInfo>("com.atproto.server.getSession", Access.Session);
        xrpc.ProcedureWithoutInput<RefreshSession, SessionWithTokens>("com.atproto.server.refreshSession", Access.Refresh);
    }
}
