using MediatR;
using Pds.Api.Auth;
using Pds.Application.AppBsky.Actor;

namespace Pds.Api.Xrpc;

/// <summary><c>app.bsky.actor.*</c>, as far as this server has a part in it; all else is passed on as it is.</summary>
internal static class AppBskyActor
{
    private const string Theirs = "rpc:{method}?aud={service}";
    private const string Own = "rpc:{method}?aud={service}, or that of this server's DID where there is no AppView";

    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.UnlessElsewhere.Query<GetPreferences, GetPreferences.Output>("app.bsky.actor.getPreferences", Access.Session.OrTakendown().OrModerator().OrApp(Own));
        xrpc.ProxiedQuery<GetProfile>("app.bsky.actor.getProfile", Access.Session.OrApp(Theirs));
        xrpc.ProxiedQuery<GetProfiles>("app.bsky.actor.getProfiles", Access.Session.OrApp(Theirs));
        xrpc.UnlessElsewhere.Procedure<PutPreferences, Unit>("app.bsky.actor.putPreferences", Access.Session.OrApp(Own));
    }
}
