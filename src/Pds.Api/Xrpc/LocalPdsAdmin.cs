using Pds.Api.Auth;
using Pds.Application.LocalPds.Admin;

namespace Pds.Api.Xrpc;

/// <summary><c>local.pds.admin.*</c>: what no lexicon of com.atproto has a word for. For the operator's own tools; a name under <c>.local</c> can be nobody's.</summary>
internal static class LocalPdsAdmin
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<ListAudit, ListAudit.Output>("local.pds.admin.listAudit", Access.Admin);
    }
}
