using MediatR;
using Pds.Api.Auth;
using Pds.Application.AppBsky.Actor;

namespace Pds.Api.Xrpc;

/// <summary><c>app.bsky.actor.*</c>, as far as this server has a part in it; all else is passed on as it is.</summary>
internal static class AppBskyActor
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.UnlessElsewhere.Query<GetPreferences, GetPreferences.Output>("app.bsky.actor.getPreferences", Access.Session.OrTakendown().OrModerator());
        xrpc.UnlessElsewhere.Procedure<PutPreferences, Unit>("app.bsky.actor.putPreferences", Access.Session);
    }
}
