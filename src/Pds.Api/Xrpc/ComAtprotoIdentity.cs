using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Identity;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.identity.*</c></summary>
internal static class ComAtprotoIdentity
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<ResolveHandle, ResolveHandle.Output>("com.atproto.identity.resolveHandle", Access.Public, Limit.ResolveHandle);
        xrpc.Procedure<UpdateHandle, Unit>("com.atproto.identity.updateHandle", Access.Session, Limit.UpdateHandle);
    }
}
