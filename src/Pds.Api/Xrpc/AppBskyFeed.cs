using Pds.Api.Auth;
using Pds.Application.AppBsky.Feed;

namespace Pds.Api.Xrpc;

/// <summary><c>app.bsky.feed.*</c>, as far as this server has a part in it; all else is passed on as it is.</summary>
internal static class AppBskyFeed
{
    private const string Need = "rpc:{method}?aud={service}";

    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.ProxiedQuery<GetActorLikes>("app.bsky.feed.getActorLikes", Access.Session.OrApp(Need));
        xrpc.ProxiedQuery<GetAuthorFeed>("app.bsky.feed.getAuthorFeed", Access.Session.OrApp(Need));
        xrpc.ProxiedQuery<GetFeed>("app.bsky.feed.getFeed", Access.Session.OrApp(Need + ", for getFeed and for getFeedSkeleton"));
        xrpc.ProxiedQuery<GetPostThread>("app.bsky.feed.getPostThread", Access.Session.OrApp(Need));
        xrpc.ProxiedQuery<GetTimeline>("app.bsky.feed.getTimeline", Access.Session.OrApp(Need));
    }
}
