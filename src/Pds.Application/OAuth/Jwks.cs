using MediatR;
using Pds.Application.Pipeline;

namespace Pds.Application.OAuth;

/// <summary><c>GET /oauth/jwks</c>: the keys that others could check this server's tokens with. There are none: its access tokens are for itself alone (docs/adr/0030).</summary>
public sealed record Jwks : IQuery<Jwks.Output>
{
    public sealed record Output(IReadOnlyList<object> Keys);

    internal sealed class Handler : IRequestHandler<Jwks, Output>
    {
        public Task<Output> Handle(Jwks query, CancellationToken ct) => Task.FromResult(new Output([]));
    }
}
