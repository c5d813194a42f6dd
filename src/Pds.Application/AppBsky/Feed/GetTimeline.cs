using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed;

/// <summary><c>app.bsky.feed.getTimeline</c>: what those whom the caller follows have posted, and he himself, down to the last minute.</summary>
public sealed record GetTimeline(string? Algorithm = null, [property: Between(1, 100)] int Limit = 50, string? Cursor = null) : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.feed.getTimeline");

    internal sealed class Handler(ReadAfterWrite service, FeedViews feeds) : IRequestHandler<GetTimeline, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(GetTimeline query, CancellationToken ct) => service.AskAsync(
            Method, (answer, unseen) => feeds.CompleteAsync(answer, unseen, new FeedPage(unseen.Posts, IsFirst: query.Cursor is null), ct), ct);
    }
}
