using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync.Deprecated;

/// <summary><c>com.atproto.sync.getHead</c>, deprecated for <c>getLatestCommit</c>: the newest commit's CID.</summary>
public sealed record GetHead(Did Did) : IQuery<GetHead.Output>
{
    public sealed record Output(Cid Root);

    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetHead, Output>
    {
        public async Task<Output> Handle(GetHead query, CancellationToken ct) => new((await repos.RequireAsync(query.Did, ct)).Head.Commit);
    }
}
