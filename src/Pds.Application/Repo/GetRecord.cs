using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.getRecord</c>: one record, if need be only in one version. Of a repo that is not here, the AppView's copy.</summary>
public sealed record GetRecord(AtIdentifier Repo, Nsid Collection, RecordKey Rkey, Cid? Cid = null) : IQuery<Proxied<GetRecord.Output>>
{
    public sealed record Output(AtUri Uri, Cid Cid, EncodedRecord Value);

    internal sealed class Handler(AccountGate accounts, IRecordIndex index, ServiceRoutes routes, ServiceProxy proxy) : IRequestHandler<GetRecord, Proxied<Output>>
    {
        public async Task<Proxied<Output>> Handle(GetRecord query, CancellationToken ct)
        {
            if (await accounts.FindActiveAsync(query.Repo, ct) is not { } account) return await AskElsewhereAsync(query, ct);

            var uri = AtUri.Of(AtIdentifier.Of(account.Did), query.Collection, query.Rkey);
            var record = await index.FindAsync(account.Did, new RecordPath(query.Collection, query.Rkey), ct);
            if (record is not { TakedownRef: null } || (query.Cid is { } version && version != record.Cid)) throw XrpcException.RecordNotFound(uri);

            return new Proxied<Output>(new Output(uri, record.Cid, new EncodedRecord(record.Content)));
        }

        /// <summary>Anybody may ask, so it is the operator's AppView that is asked, whichever service the request names: no stranger chooses whom this server calls.</summary>
        private async Task<Proxied<Output>> AskElsewhereAsync(GetRecord query, CancellationToken ct)
        {
            if (routes.AppView is not { } appView) throw XrpcException.RecordNotFound(AtUri.Of(query.Repo, query.Collection, query.Rkey));
            return new Proxied<Output>(Own: null, await proxy.AskAsync(appView, token: null, ct));
        }
    }
}
