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
        xrpc.ProcedureWithoutInput<ActivateAccount, Unit>("com.atproto.server.activateAccount", Access.FullSession);
        xrpc.Query<CheckAccountStatus, CheckAccountStatus.Output>("com.atproto.server.checkAccountStatus", Access.Session);
        xrpc.Procedure<CreateAccount, CreateAccount.Output>("com.atproto.server.createAccount", Access.NoHeader);
        xrpc.Procedure<CreateSession, SessionWithTokens>("com.atproto.server.createSession", Access.Public);
        xrpc.Procedure<DeactivateAccount, Unit>("com.atproto.server.deactivateAccount", Access.FullSession.OrTakendown());
        xrpc.Procedure<DeleteAccount, Unit>("com.atproto.server.deleteAccount", Access.Public);
        xrpc.ProcedureWithoutInput<DeleteSession, Unit>("com.atproto.server.deleteSession", Access.RefreshToEnd);
        xrpc.Query<DescribeServer, DescribeServer.Output>("com.atproto.server.describeServer", Access.Public);
        xrpc.Query<GetSession, SessionInfo>("com.atproto.server.getSession", Access.Session);
        xrpc.ProcedureWithoutInput<RefreshSession, SessionWithTokens>("com.atproto.server.refreshSession", Access.Refresh);
        xrpc.ProcedureWithoutInput<RequestAccountDelete, Unit>("com.atproto.server.requestAccountDelete", Access.FullSession);
    }
}
