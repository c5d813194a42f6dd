using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Blobs;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.listBlobs</c>: the blobs that an account's records mention.</summary>
public sealed record ListBlobs(Did Did, Tid? Since = null, [property: Between(1, 1000)] int Limit = 500, string? Cursor = null)
    : IQuery<ListBlobs.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<Cid> Cids);

    internal sealed class Handler(AccountGate accounts, IBlobIndex blobs) : IRequestHandler<ListBlobs, Output>
    {
        public async Task<Output> Handle(ListBlobs query, CancellationToken ct)
        {
            await accounts.RequireAvailableRepoAsync(query.Did, ct);

            var cids = await blobs.ListAsync(query.Did, query.Since, BlobCursor.Parse(query.Cursor), query.Limit, ct);

            return new Output(cids.Count > 0 ? cids[^1].ToString() : null, cids);
        }
    }
}
