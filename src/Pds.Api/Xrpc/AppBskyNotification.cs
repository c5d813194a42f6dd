using MediatR;
using Pds.Api.Auth;
using Pds.Application.AppBsky.Notification;

namespace Pds.Api.Xrpc;

/// <summary><c>app.bsky.notification.*</c>, as far as this server has a part in it; all else is passed on as it is.</summary>
internal static class AppBskyNotification
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<RegisterPush, Unit>("app.bsky.notification.registerPush", Access.Session.OrQueued().OrApp("rpc:{method}?aud={serviceDid}%23bsky_notif"));
        xrpc.Procedure<UnregisterPush, Unit>("app.bsky.notification.unregisterPush", Access.Session.OrApp("rpc:{method}?aud={serviceDid}%23bsky_notif"));
    }
}
