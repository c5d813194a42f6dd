using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Blobs;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.listMissingBlobs</c>: the blobs that the caller's records mention and that are not here yet.</summary>
public sealed record ListMissingBlobs([property: Between(1, 1000)] int Limit = 500, string? Cursor = null) : IQuery<ListMissingBlobs.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<RecordBlob> Blobs);

    /// <summary><c>#recordBlob</c>: a blob, and one of the records that mention it.</summary>
    public sealed record RecordBlob(Cid Cid, AtUri RecordUri);

    internal sealed class Handler(ICaller caller, IBlobIndex blobs) : IRequestHandler<ListMissingBlobs, Output>
    {
        public async Task<Output> Handle(ListMissingBlobs query, CancellationToken ct)
        {
            var did = caller.RequireDid();
            var missing = await blobs.ListMissingAsync(did, BlobCursor.Parse(query.Cursor), query.Limit, ct);

            return new Output(
                missing.Count > 0 ? missing[^1].Cid.ToString() : null,
                [.. missing.Select(blob => new RecordBlob(blob.Cid, AtUri.Of(did, blob.Path.Collection, blob.Path.Rkey)))]);
        }
    }
}
