using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getRecord</c>: the proof that a record is, or is not, in a repo: commit, path through the tree, record.</summary>
public sealed record GetRecord(Did Did, Nsid Collection, RecordKey Rkey) : IQuery<CarOutput>
{
    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetRecord, CarOutput>
    {
        public async Task<CarOutput> Handle(GetRecord query, CancellationToken ct) =>
            CarExport.Proof(await repos.OpenAsync(query.Did, ct), new RecordPath(query.Collection, query.Rkey));
    }
}
