using Pds.Api.Auth;
using Pds.Application.Repo;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.repo.*</c></summary>
internal static class ComAtprotoRepo
{
    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<ApplyWrites, ApplyWrites.Output>("com.atproto.repo.applyWrites", Access.ActiveSession, XrpcRoutes.RecordBodyLimit);
        xrpc.Procedure<CreateRecord, CreateRecord.Output>("com.atproto.repo.createRecord", Access.ActiveSession, XrpcRoutes.RecordBodyLimit);
        xrpc.Procedure<DeleteRecord, DeleteRecord.Output>("com.atproto.repo.deleteRecord", Access.ActiveSession);
        xrpc.Query<DescribeRepo, DescribeRepo.Output>("com.atproto.repo.describeRepo", Access.Public);
        xrpc.Query<GetRecord, GetRecord.Output>("com.atproto.repo.getRecord", Access.Public);
        xrpc.Query<ListRecords, ListRecords.Output>("com.atproto.repo.listRecords", Access.Public);
        xrpc.Procedure<PutRecord, PutRecord.Output>("com.atproto.repo.putRecord", Access.ActiveSession, XrpcRoutes.RecordBodyLimit);
        xrpc.Upload<UploadBlob, UploadBlob.Output>("com.atproto.repo.uploadBlob", Access.SessionOrService, (content, type) => new UploadBlob(content, type));
    }
}
