using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getBlocks</c>: chosen blocks of a repo as one CAR.</summary>
public sealed record GetBlocks(Did Did, IReadOnlyList<Cid> Cids) : IQuery<CarOutput>
{
    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetBlocks, CarOutput>
    {
        public async Task<CarOutput> Handle(GetBlocks query, CancellationToken ct)
        {
            var car = CarExport.Chosen(await repos.OpenAsync(query.Did, ct), query.Cids, out var missing);
            if (missing.Count == 0) return car;

            car.Dispose();
            throw XrpcException.InvalidRequest($"Could not find cids: {string.Join(",", missing)}");
        }
    }
}
