using MediatR;
using Pds.Api.Auth;
using Pds.Application.LocalPds.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>local.pds.admin.*</c>: what this server's command line needs and no lexicon of the network has.</summary>
internal static class LocalPdsAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<RequestCrawl, RequestCrawl.Output>("local.pds.admin.requestCrawl", Access.Admin);
        xrpc.Procedure<SendTestEmail, Unit>("local.pds.admin.sendTestEmail", Access.Admin);
    }
}
