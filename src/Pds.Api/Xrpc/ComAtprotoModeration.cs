using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Moderation;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.moderation.*</c></summary>
internal static class ComAtprotoModeration
{
    public static void Map(XrpcRoutes xrpc) =>
        xrpc.ProxiedProcedure<CreateReport, CreateReport.Output>(
            "com.atproto.moderation.createReport", Access.Session.OrTakendown().OrApp("rpc:{method}?aud={service}, or that of this server's DID where reports stay here"), Limit.CreateReport);
}
