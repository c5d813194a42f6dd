using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getBlocks</c>: chosen blocks of a repo as one CAR.</summary>
public sealed record GetBlocks(Did Did, IReadOnlyList<Cid> Cids) : IQuery<CarOutput>
{
    internal sealed class Handler(AvailableRepos repos, IBlockStore nodes, IRecordIndex records) : IRequestHandler<GetBlocks, CarOutput>
    {
        public async Task<CarOutput> Handle(GetBlocks query, CancellationToken ct)
        {
            var head = await repos.RequireHeadAsync(query.Did, ct);

            var found = new Dictionary<Cid, Block>();
            foreach (var cid in query.Cids.Distinct())
            {
                if (cid == head.Commit) found[cid] = new Block(cid, head.CommitBlock);
                else if (await nodes.FindNodeAsync(head.Id, cid, ct) is { } node) found[cid] = new Block(cid, node);
            }

            var rest = query.Cids.Where(cid => !found.ContainsKey(cid)).ToHashSet();
            foreach (var block in await records.FindByCidAsync(head.Id, rest, ct)) found[block.Cid] = block;

            var missing = rest.Where(cid => !found.ContainsKey(cid)).ToList();
            if (missing.Count > 0) throw XrpcException.InvalidRequest($"Could not find cids: {string.Join(",", missing)}");
            return new CarOutput(head.Commit, found.Values.ToAsyncEnumerable());
        }
    }
}
