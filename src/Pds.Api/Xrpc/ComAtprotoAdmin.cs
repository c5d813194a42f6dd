using MediatR;
using Pds.Api.Auth;
using Pds.Application.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<DisableAccountInvites, Unit>("com.atproto.admin.disableAccountInvites", Access.Moderator);
        xrpc.Procedure<DisableInviteCodes, Unit>("com.atproto.admin.disableInviteCodes", Access.Moderator);
        xrpc.Procedure<EnableAccountInvites, Unit>("com.atproto.admin.enableAccountInvites", Access.Moderator);
        xrpc.Query<GetInviteCodes, GetInviteCodes.Output>("com.atproto.admin.getInviteCodes", Access.Moderator);
        xrpc.Procedure<SendEmail, SendEmail.Output>("com.atproto.admin.sendEmail", Access.Moderator);
        xrpc.Procedure<UpdateAccountEmail, Unit>("com.atproto.admin.updateAccountEmail", Access.Admin);
        xrpc.Procedure<UpdateAccountHandle, Unit>("com.atproto.admin.updateAccountHandle", Access.Admin);
        xrpc.Procedure<UpdateAccountPassword, Unit>("com.atproto.admin.updateAccountPassword", Access.Admin);
        xrpc.Procedure<UpdateAccountSigningKey, Unit>("com.atproto.admin.updateAccountSigningKey", Access.Admin);
    }
}
