using MediatR;
using Pds.Application.AppBsky.Feed.Likes;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed;

/// <summary><c>app.bsky.feed.getActorLikes</c>: what an account likes, the caller's own down to the last minute.</summary>
public sealed record GetActorLikes(AtIdentifier Actor, [property: Between(1, 100)] int Limit = 50, string? Cursor = null) : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.feed.getActorLikes");

    internal sealed class Handler(ReadAfterWrite service, FeedViews feeds, LikedPosts liked) : IRequestHandler<GetActorLikes, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(GetActorLikes query, CancellationToken ct) => service.AskAsync(Method, async (answer, unseen) =>
        {
            if (unseen.IsOf(query.Actor)) await liked.CompleteAsync(answer, unseen, isFirstPage: query.Cursor is null, ct);
            await feeds.CompleteAsync(answer, unseen, new FeedPage([], IsFirst: query.Cursor is null), ct);
        }, ct);
    }
}
