using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getRepo</c>: a whole repo, or what changed after a rev, as one CAR.</summary>
/// <remarks>Whole exports come in the streamable order of the repository spec: commit, then the tree from the top with records in between.</remarks>
public sealed record GetRepo(Did Did, Tid? Since = null) : IQuery<CarOutput>
{
    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetRepo, CarOutput>
    {
        public async Task<CarOutput> Handle(GetRepo query, CancellationToken ct)
        {
            var snapshot = await repos.OpenAsync(query.Did, ct);
            return query.Since is { } rev ? CarExport.Since(snapshot, rev) : CarExport.Whole(snapshot);
        }
    }
}
