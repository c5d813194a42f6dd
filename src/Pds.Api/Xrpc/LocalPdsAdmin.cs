using MediatR;
using Pds.Api.Auth;
using Pds.Application.LocalPds.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>local.pds.admin.*</c>: what this server's command line needs and no lexicon of the network has. A name under <c>.local</c> can be nobody's (docs/adr/0024).</summary>
internal static class LocalPdsAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<AnnounceRepos, AnnounceRepos.Output>("local.pds.admin.announceRepos", Access.Admin);
        xrpc.Procedure<CloseReport, Unit>("local.pds.admin.closeReport", Access.Admin);
        xrpc.Query<FindAccount, FindAccount.Output>("local.pds.admin.findAccount", Access.Admin);
        xrpc.Query<GetReport, GetReport.Output>("local.pds.admin.getReport", Access.Admin);
        xrpc.Query<ListAudit, ListAudit.Output>("local.pds.admin.listAudit", Access.Admin);
        xrpc.Query<ListRelays, ListRelays.Output>("local.pds.admin.listRelays", Access.Admin);
        xrpc.Query<ListReports, ListReports.Output>("local.pds.admin.listReports", Access.Admin);
        xrpc.Procedure<RemoveFactors, RemoveFactors.Output>("local.pds.admin.removeFactors", Access.Admin);
        xrpc.Procedure<RequestCrawl, RequestCrawl.Output>("local.pds.admin.requestCrawl", Access.Admin);
        xrpc.Procedure<SendTestEmail, Unit>("local.pds.admin.sendTestEmail", Access.Admin);
    }
}
