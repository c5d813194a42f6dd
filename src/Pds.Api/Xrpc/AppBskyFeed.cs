using Pds.Api.Auth;
using Pds.Application.AppBsky.Feed;

namespace Pds.Api.Xrpc;

/// <summary><c>app.bsky.feed.*</c>, as far as this server has a part in it; all else is passed on as it is.</summary>
internal static class AppBskyFeed
{
    public static void Map(XrpcRoutes xrpc) => xrpc.ProxiedQuery<GetFeed>("app.bsky.feed.getFeed", Access.Session.OrApp("rpc:{method}?aud={service}, for getFeed and for getFeedSkeleton"));
}
