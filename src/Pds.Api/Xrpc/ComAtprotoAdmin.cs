using MediatR;
using Pds.Api.Auth;
using Pds.Application.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<UpdateAccountEmail, Unit>("com.atproto.admin.updateAccountEmail", Access.Admin);
        xrpc.Procedure<UpdateAccountPassword, Unit>("com.atproto.admin.updateAccountPassword", Access.Admin);
    }
}
