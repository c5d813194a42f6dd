using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Identity;
using Pds.Application.Identity.Resolving;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.identity.*</c></summary>
internal static class ComAtprotoIdentity
{
    private static readonly Scope WholeIdentity = IdentityScope.Of(IdentityAttribute.All);

    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<GetRecommendedDidCredentials, GetRecommendedDidCredentials.Output>("com.atproto.identity.getRecommendedDidCredentials", Access.Session.OrApp());
        xrpc.Procedure<RefreshIdentity, IdentityInfo>("com.atproto.identity.refreshIdentity", Access.Session.OrApp(), Limit.RefreshIdentity);
        xrpc.ProcedureWithoutInput<RequestPlcOperationSignature, Unit>(
            "com.atproto.identity.requestPlcOperationSignature", Access.FullSession.OrTakendown().OrApp(WholeIdentity), Limit.RequestPlcOperationSignature);
        xrpc.Query<ResolveDid, ResolveDid.Output>("com.atproto.identity.resolveDid", Access.Public, Limit.Resolve);
        xrpc.Query<ResolveHandle, ResolveHandle.Output>("com.atproto.identity.resolveHandle", Access.Public, Limit.Resolve);
        xrpc.Query<ResolveIdentity, IdentityInfo>("com.atproto.identity.resolveIdentity", Access.Public, Limit.Resolve);
        xrpc.Procedure<SignPlcOperation, SignPlcOperation.Output>("com.atproto.identity.signPlcOperation", Access.FullSession.OrTakendown().OrApp(WholeIdentity));
        xrpc.Procedure<SubmitPlcOperation, Unit>("com.atproto.identity.submitPlcOperation", Access.Session.OrApp(WholeIdentity));
        xrpc.Procedure<UpdateHandle, Unit>("com.atproto.identity.updateHandle", Access.Session.OrApp(IdentityScope.Of(IdentityAttribute.Handle)), Limit.UpdateHandle);
    }
}
