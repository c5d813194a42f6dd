using MediatR;
using Pds.Api.Auth;
using Pds.Application.LocalPds.Identity;

namespace Pds.Api.Xrpc;

/// <summary><c>local.pds.identity.*</c>: what users of identities that this server keeps need, and no lexicon of the network has (docs/adr/0029).</summary>
internal static class LocalPdsIdentity
{
    public static void Map(XrpcRoutes xrpc) =>
        xrpc.Procedure<MoveDidWeb, Unit>("local.pds.identity.moveDidWeb", Access.FullSession.OrTakendown());
}
