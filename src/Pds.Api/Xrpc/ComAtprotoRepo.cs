using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Options;
using Pds.Application.Repo;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.repo.*</c></summary>
internal static class ComAtprotoRepo
{
    private const string Car = "application/vnd.ipld.car";

    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.Procedure<ApplyWrites, ApplyWrites.Output>("com.atproto.repo.applyWrites", Access.ActiveSession.OrApp("repo:{collection}?action={action}, for each write"), Limit.ApplyWrites, XrpcRoutes.RecordBodyLimit);
        xrpc.Procedure<CreateRecord, CreateRecord.Output>("com.atproto.repo.createRecord", Access.ActiveSession.OrApp("repo:{collection}?action=create"), Limit.CreateRecord, XrpcRoutes.RecordBodyLimit);
        xrpc.Procedure<DeleteRecord, DeleteRecord.Output>("com.atproto.repo.deleteRecord", Access.ActiveSession.OrApp("repo:{collection}?action=delete"), Limit.DeleteRecord);
        xrpc.Query<DescribeRepo, DescribeRepo.Output>("com.atproto.repo.describeRepo", Access.Public);
        xrpc.ProxiedQuery<GetRecord, GetRecord.Output>("com.atproto.repo.getRecord", Access.Public);
        xrpc.Upload<ImportRepo, Unit>("com.atproto.repo.importRepo", Access.FullSession.OrApp(AccountScope.Of(AccountAttribute.Repo, AccountAction.Manage)), (content, _) => new ImportRepo(content), Limit.ImportRepo, Car, ImportLimit);
        xrpc.Query<ListMissingBlobs, ListMissingBlobs.Output>("com.atproto.repo.listMissingBlobs", Access.Session.OrApp());
        xrpc.Query<ListRecords, ListRecords.Output>("com.atproto.repo.listRecords", Access.Public);
        xrpc.Procedure<PutRecord, PutRecord.Output>("com.atproto.repo.putRecord", Access.ActiveSession.OrApp("repo:{collection}?action=create&action=update"), Limit.PutRecord, XrpcRoutes.RecordBodyLimit);
        xrpc.Upload<UploadBlob, UploadBlob.Output>("com.atproto.repo.uploadBlob", Access.SessionOrService.OrApp("blob:{type}"), (content, type) => new UploadBlob(content, type), Limit.UploadBlob);
    }

    private static long ImportLimit(HttpContext http) => http.RequestServices.GetRequiredService<ImportOptions>().MaxSize;
}
