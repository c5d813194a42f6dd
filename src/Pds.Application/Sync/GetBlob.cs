using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getBlob</c>: a file that some record of the account mentions.</summary>
public sealed record GetBlob(Did Did, Cid Cid) : IQuery<GetBlob.Output>
{
    public sealed record Output(Cid Cid, string MimeType, long Size, Stream Content);

    internal sealed class Handler(ICaller caller, AccountGate accounts, IBlobIndex index, IBlobStore store) : IRequestHandler<GetBlob, Output>
    {
        public async Task<Output> Handle(GetBlob query, CancellationToken ct)
        {
            await accounts.RequireAvailableRepoAsync(query.Did, ct);

            var blob = await index.FindAsync(query.Did, query.Cid, ct);
            var isHidden = blob?.TakedownRef is not null && !caller.IsAdmin; // from its owner too
            if (blob is not { TemporarySince: null } || isHidden) throw NotFound();

            var content = await store.OpenAsync(query.Did, query.Cid, ct) ?? throw NotFound();
            return new Output(blob.Cid, blob.MimeType, blob.Size, content);
        }

        private static XrpcException NotFound() => XrpcException.InvalidRequest("Blob not found");
    }
}
