using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed;

/// <summary><c>app.bsky.feed.getPostThread</c>: a post with what it answers and what answers it, the caller's own posts among them down to the last minute.</summary>
public sealed record GetPostThread(AtUri Uri, [property: Between(0, 1000)] int Depth = 6, [property: Between(0, 1000)] int ParentHeight = 80) : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.feed.getPostThread");

    internal sealed class Handler(ReadAfterWrite service, ThreadViews threads) : IRequestHandler<GetPostThread, UpstreamAnswer>
    {
        public async Task<UpstreamAnswer> Handle(GetPostThread query, CancellationToken ct)
        {
            try
            {
                return await service.AskAsync(Method, (answer, unseen) => threads.CompleteAsync(answer, unseen, query.Depth, ct), ct);
            }
            catch (XrpcException refusal) when (refusal is { Name: "NotFound", RepoRev: not null })
            {
                if (await service.FindUnseenAsync(Method, refusal, ct) is not { } unseen || FindIn(unseen, query.Uri) is not { } post) throw;
                return CompletedAnswer.Of(await threads.OfAsync(post, unseen, query.Depth, query.ParentHeight, ct), unseen.Lag);
            }
        }

        private static UnseenRecord? FindIn(Unseen unseen, AtUri uri) => unseen.IsOf(uri.Authority) && uri is { Collection: { } collection, Rkey: { } rkey }
            ? unseen.FindPost(AtUri.Of(unseen.Did, collection, rkey).ToString())
            : null;
    }
}
