using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sync.Exporting;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync.Deprecated;

/// <summary><c>com.atproto.sync.getCheckout</c>, deprecated for <c>getRepo</c>: a whole repo as one CAR.</summary>
public sealed record GetCheckout(Did Did) : IQuery<CarOutput>
{
    internal sealed class Handler(AvailableRepos repos) : IRequestHandler<GetCheckout, CarOutput>
    {
        public async Task<CarOutput> Handle(GetCheckout query, CancellationToken ct) => CarExport.Whole(await repos.OpenAsync(query.Did, ct));
    }
}
