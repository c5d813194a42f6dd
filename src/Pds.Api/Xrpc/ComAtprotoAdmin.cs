using MediatR;
using Pds.Api.Auth;
using Pds.Application.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.admin.*</c></summary>
internal static class ComAtprotoAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<DeleteAccount, Unit>("com.atproto.admin.deleteAccount", Access.Admin);
    }
}
