using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>Calls that ask a <see cref="FakeUpstream"/> to do something wrong.</summary>
internal static class FaultyCalls
{
    /// <summary>A method that this server does not have.</summary>
    public const string Method = "com.example.thing.get";

    /// <summary>Asks the AppView, as somebody new.</summary>
    public static async Task<XrpcAnswer> AskAsync(this ProxyingPds pds, string query) =>
        await (await pds.SignUpAsync()).SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}"));

    /// <summary>Asks a service by its DID.</summary>
    public static Task<XrpcAnswer> AskAsync(this Actor caller, Did service, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}");
        request.Headers.Add("atproto-proxy", $"{service}#fake");
        return caller.SendAsync(request);
    }

    /// <summary>Asks for a timeline that would be completed with a post that the AppView has not seen.</summary>
    public static async Task<XrpcAnswer> AskForUnseenTimelineAsync(this ProxyingPds pds, string fault)
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        pds.AppView.Rev = await alice.HeadAsync();
        await alice.PublishAsync("unseen");
        return await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/app.bsky.feed.getTimeline?do={fault}"));
    }
}
