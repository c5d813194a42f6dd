using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Sync;
using Pds.Application.Sync.Deprecated;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.sync.*</c></summary>
internal static class ComAtprotoSync
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Query<GetBlob, GetBlob.Output>("com.atproto.sync.getBlob", Access.PublicOrOwner.OrTakendown(), BlobAnswer.WriteAsync);
        xrpc.Car<GetBlocks>("com.atproto.sync.getBlocks", Access.PublicOrOwner);
        xrpc.Query<GetLatestCommit, GetLatestCommit.Output>("com.atproto.sync.getLatestCommit", Access.PublicOrOwner);
        xrpc.Car<GetRecord>("com.atproto.sync.getRecord", Access.PublicOrOwner);
        xrpc.Car<GetRepo>("com.atproto.sync.getRepo", Access.PublicOrOwner.OrTakendown(), Limit.GetRepo);
        xrpc.Query<GetRepoStatus, GetRepoStatus.Output>("com.atproto.sync.getRepoStatus", Access.Public);
        xrpc.Query<ListBlobs, ListBlobs.Output>("com.atproto.sync.listBlobs", Access.PublicOrOwner.OrTakendown());
        xrpc.Query<ListRepos, ListRepos.Output>("com.atproto.sync.listRepos", Access.Public);
        xrpc.Socket("com.atproto.sync.subscribeRepos", SubscribeReposSocket.RunAsync);

        xrpc.Query<GetHead, GetHead.Output>("com.atproto.sync.getHead", Access.PublicOrOwner);
        xrpc.Car<GetCheckout>("com.atproto.sync.getCheckout", Access.PublicOrOwner, Limit.GetCheckout);
    }
}
