using Pds.Api.Auth;
using Pds.Application.Admin;
using Pds.Application.Admin.Views;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<GetAccountInfo, AccountView>("com.atproto.admin.getAccountInfo", Access.Moderator);
        xrpc.Query<GetAccountInfos, GetAccountInfos.Output>("com.atproto.admin.getAccountInfos", Access.Moderator);
        xrpc.Query<GetSubjectStatus, GetSubjectStatus.Output>("com.atproto.admin.getSubjectStatus", Access.Moderator);
        xrpc.Query<SearchAccounts, SearchAccounts.Output>("com.atproto.admin.searchAccounts", Access.Moderator);
        xrpc.Procedure<UpdateSubjectStatus, UpdateSubjectStatus.Output>("com.atproto.admin.updateSubjectStatus", Access.Moderator);
    }
}
