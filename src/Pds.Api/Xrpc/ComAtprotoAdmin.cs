using MediatR;
using Pds.Api.Auth;
using Pds.Application.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<UpdateAccountHandle, Unit>("com.atproto.admin.updateAccountHandle", Access.Admin);
        xrpc.Procedure<UpdateAccountSigningKey, Unit>("com.atproto.admin.updateAccountSigningKey", Access.Admin);
    }
}
