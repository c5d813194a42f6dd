using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Sequencing;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.subscribeRepos</c>: the firehose. Asked once, when the socket opens; what follows are frames that were encoded with their events.</summary>
/// <param name="Cursor">The last sequence number that the subscriber has seen; null for what happens from now on.</param>
public sealed record SubscribeRepos(long? Cursor = null) : IQuery<SubscribeRepos.Output>
{
    public sealed record Output(IAsyncEnumerable<ReadOnlyMemory<byte>> Frames);

    internal sealed class Handler(Outbox outbox) : IRequestHandler<SubscribeRepos, Output>
    {
        public Task<Output> Handle(SubscribeRepos query, CancellationToken ct) => Task.FromResult(new Output(outbox.ReadAsync(query.Cursor, CancellationToken.None)));
    }
}
