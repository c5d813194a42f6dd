using MediatR;
using Pds.Api.Auth;
using Pds.Application.Admin;
using Pds.Application.Admin.Views;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<DeleteAccount, Unit>("com.atproto.admin.deleteAccount", Access.Admin);
        xrpc.Procedure<DisableAccountInvites, Unit>("com.atproto.admin.disableAccountInvites", Access.Moderator);
        xrpc.Procedure<DisableInviteCodes, Unit>("com.atproto.admin.disableInviteCodes", Access.Moderator);
        xrpc.Procedure<EnableAccountInvites, Unit>("com.atproto.admin.enableAccountInvites", Access.Moderator);
        xrpc.Query<GetAccountInfo, AccountView>("com.atproto.admin.getAccountInfo", Access.Moderator);
        xrpc.Query<GetAccountInfos, GetAccountInfos.Output>("com.atproto.admin.getAccountInfos", Access.Moderator);
        xrpc.Query<GetInviteCodes, GetInviteCodes.Output>("com.atproto.admin.getInviteCodes", Access.Moderator);
        xrpc.Query<GetSubjectStatus, GetSubjectStatus.Output>("com.atproto.admin.getSubjectStatus", Access.Moderator);
        xrpc.Query<SearchAccounts, SearchAccounts.Output>("com.atproto.admin.searchAccounts", Access.Moderator);
        xrpc.Procedure<SendEmail, SendEmail.Output>("com.atproto.admin.sendEmail", Access.Moderator);
        xrpc.Procedure<UpdateAccountEmail, Unit>("com.atproto.admin.updateAccountEmail", Access.Admin);
        xrpc.Procedure<UpdateAccountHandle, Unit>("com.atproto.admin.updateAccountHandle", Access.Admin);
        xrpc.Procedure<UpdateAccountPassword, Unit>("com.atproto.admin.updateAccountPassword", Access.Admin);
        xrpc.Procedure<UpdateAccountSigningKey, Unit>("com.atproto.admin.updateAccountSigningKey", Access.Admin);
        xrpc.Procedure<UpdateSubjectStatus, UpdateSubjectStatus.Output>("com.atproto.admin.updateSubjectStatus", Access.Moderator);
    }
}
