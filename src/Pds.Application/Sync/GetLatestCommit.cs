using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getLatestCommit</c>: where a repo stands.</summary>
public sealed record GetLatestCommit(Did Did) : IQuery<GetLatestCommit.Output>
{
    public sealed record Output(Cid Cid, Tid Rev);

    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetLatestCommit, Output>
    {
        public async Task<Output> Handle(GetLatestCommit query, CancellationToken ct)
        {
            var head = (await repos.RequireAsync(query.Did, ct)).Head;
            return new Output(head.Commit, head.Rev);
        }
    }
}
