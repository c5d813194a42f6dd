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
        xrpc.Procedure<CreateInviteCode, CreateInviteCode.Output>("com.atproto.server.createInviteCode", Access.Admin);
        xrpc.Procedure<CreateInviteCodes, CreateInviteCodes.Output>("com.atproto.server.createInviteCodes", Access.Admin);
        xrpc.Procedure<CreateSession, SessionWithTokens>("com.atproto.server.createSession", Access.Public);
        xrpc.ProcedureWithoutInput<DeleteSession, Unit>("com.atproto.server.deleteSession", Access.RefreshToEnd);
        xrpc.Query<DescribeServer, DescribeServer.Output>("com.atproto.server.describeServer", Access.Public);
        xrpc.Query<GetAccountInviteCodes, GetAccountInviteCodes.Output>("com.atproto.server.getAccountInviteCodes", Access.FullSession);
        xrpc.Query<GetSession, SessionInfo>("com.atproto.server.getSession", Access.Session);
        xrpc.ProcedureWithoutInput<RefreshSession, SessionWithTokens>("com.atproto.server.refreshSession", Access.Refresh);
    }
}
