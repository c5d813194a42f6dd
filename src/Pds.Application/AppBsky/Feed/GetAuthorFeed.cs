using MediatR;
using Pds.Application.AppBsky.Feed.Authors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed;

/// <summary><c>app.bsky.feed.getAuthorFeed</c>: what an account has posted, the caller's own down to the last minute.</summary>
public sealed record GetAuthorFeed(
    AtIdentifier Actor, [property: Between(1, 100)] int Limit = 50, string? Cursor = null, string Filter = AuthorFilter.WithReplies, bool IncludePins = false)
    : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.feed.getAuthorFeed");

    internal sealed class Handler(ReadAfterWrite service, FeedViews feeds) : IRequestHandler<GetAuthorFeed, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(GetAuthorFeed query, CancellationToken ct) => service.AskAsync(Method, (answer, unseen) =>
        {
            var posts = unseen.IsOf(query.Actor) ? unseen.Posts.Where(post => AuthorFilter.Shows(query.Filter, post)) : [];
            return feeds.CompleteAsync(answer, unseen, new FeedPage([.. posts], IsFirst: query.Cursor is null), ct);
        }, ct);
    }
}
