using System.Text.Json;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed;

/// <summary><c>app.bsky.feed.getFeed</c>: what a feed generator proposes, as the AppView dresses it.</summary>
/// <remarks>The AppView asks the generator in the caller's name, so the token that is passed on is for the generator and its method, not for the AppView.</remarks>
public sealed record GetFeed(AtUri Feed, [property: Between(1, 100)] int Limit = 50, string? Cursor = null) : IQuery<UpstreamAnswer>
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly Nsid Method = Nsid.Parse("app.bsky.feed.getFeed");
    private static readonly Nsid Skeleton = Nsid.Parse("app.bsky.feed.getFeedSkeleton");

    internal sealed class Handler(ICaller caller, IIncomingCall incoming, ServiceRoutes routes, ServiceProxy proxy, IUpstream upstream) : IRequestHandler<GetFeed, UpstreamAnswer>
    {
        public async Task<UpstreamAnswer> Handle(GetFeed query, CancellationToken ct)
        {
            var did = caller.RequireDid();
            var route = routes.Of(Method, incoming.Header(ServiceRoutes.Header));
            foreach (var method in new[] { Method, Skeleton }) caller.Permissions.Demand(RpcScope.Of(method, route.Service));

            // Whom to believe about the feed is the operator's choice. Without one there is nobody to make sense of its generator's answer but the service that was named.
            if (routes.AppView is not { Url: { } appView }) return await proxy.AskAsync(route, ProxyToken.For(did, route, Method), ct);

            return await proxy.AskAsync(route, new ProxyToken(did, await FindGeneratorAsync(appView, query.Feed, ct), Skeleton), ct);
        }

        /// <summary>The generator's DID, from the record that the feed is.</summary>
        private async Task<DidReference> FindGeneratorAsync(Uri appView, AtUri feed, CancellationToken ct)
        {
            if (feed is not { Collection: { } collection, Rkey: { } rkey }) throw XrpcException.UnknownFeed("could not resolve feed did");

            var path = $"/xrpc/com.atproto.repo.getRecord?repo={Uri.EscapeDataString(feed.Authority.ToString())}&collection={collection}&rkey={Uri.EscapeDataString(rkey.ToString())}";
            var call = new UpstreamCall(appView, IsTrusted: true, "GET", path, new Dictionary<string, string> { ["accept"] = "application/json" });
            await using var answer = await UpstreamRefusal.EnsureNoneAsync(await upstream.SendAsync(call, ct), ct);
            return DidReference.TryParse(await ReadDidAsync(answer, ct), out var generator) ? generator : throw XrpcException.UnknownFeed("could not resolve feed did");
        }

        private static async Task<string?> ReadDidAsync(UpstreamAnswer answer, CancellationToken ct)
        {
            try
            {
                using var json = JsonDocument.Parse(await BoundedBody.ReadAsync(answer.Body, MaxBytes, ct));
                return json.RootElement.GetProperty("value").TryGetProperty("did", out var did) && did.ValueKind == JsonValueKind.String ? did.GetString() : null;
            }
            catch (Exception broken) when (broken is JsonException or InvalidDataException or InvalidOperationException or KeyNotFoundException)
            {
                throw XrpcException.UpstreamFailure("The AppView answers no record", broken);
            }
        }
    }
}
