using Pds.Api.Auth;
using Pds.Application.Temp;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.temp.*</c></summary>
internal static class ComAtprotoTemp
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<CheckHandleAvailability, CheckHandleAvailability.Output>("com.atproto.temp.checkHandleAvailability", Access.Public);
        xrpc.Query<CheckSignupQueue, CheckSignupQueue.Output>("com.atproto.temp.checkSignupQueue", Access.Session.OrQueued());
    }
}
