using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.getRecord</c>: one record, if need be only in one version.</summary>
public sealed record GetRecord(AtIdentifier Repo, Nsid Collection, RecordKey Rkey, Cid? Cid = null) : IQuery<GetRecord.Output>
{
    public sealed record Output(AtUri Uri, Cid Cid, EncodedRecord Value);

    internal sealed class Handler(AccountGate accounts, IRecordIndex index) : IRequestHandler<GetRecord, Output>
    {
        public async Task<Output> Handle(GetRecord query, CancellationToken ct)
        {
            var account = await accounts.FindActiveAsync(query.Repo, ct);
            var uri = AtUri.Of(account is null ? query.Repo : AtIdentifier.Of(account.Did), query.Collection, query.Rkey);
            if (account is null) throw XrpcException.RecordNotFound(uri);

            var record = await index.FindAsync(account.Did, new RecordPath(query.Collection, query.Rkey), ct);
            if (record is not { TakedownRef: null } || (query.Cid is { } version && version != record.Cid)) throw XrpcException.RecordNotFound(uri);

            return new Output(uri, record.Cid, new EncodedRecord(record.Content));
        }
    }
}
