using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>Which service a call goes to.</summary>
public sealed class ServiceRoutesTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    [Theory]
    [InlineData("app.bsky.feed.getTimeline")]
    [InlineData("com.example.thing.get")]
    [InlineData("chat.bsky.convo.listConvos")]
    [InlineData("com.atproto.label.queryLabels")]
    public async Task The_AppView_has_whatever_nobody_else_has(string method) => await ArrivesAsync(pds.AppView, method);

    [Theory]
    [InlineData("tools.ozone.moderation.queryEvents")]
    [InlineData("tools.ozone.team.listMembers")]
    public async Task The_moderation_service_has_what_moderators_do(string method) => await ArrivesAsync(pds.Moderation, method);

    [Fact]
    public async Task A_caller_may_name_any_service_by_its_DID() => await ArrivesAsync(pds.Other, "app.bsky.feed.getTimeline", $"{pds.Other.Did}#fake");

    [Fact]
    public async Task The_operators_services_are_found_without_asking_their_DIDs()
    {
        await ArrivesAsync(pds.AppView, "com.example.a.b", $"{pds.AppView.Did}#bsky_appview");
        await ArrivesAsync(pds.Moderation, "com.example.a.b", $"{pds.Moderation.Did}#atproto_labeler"); // which its document does not list
    }

    [Theory]
    [InlineData("#fake", "no did specified in proxy header")]
    [InlineData("did:web:example.com", "no service id specified in proxy header")]
    [InlineData("did:web:example.com#", "no service id specified in proxy header")]
    [InlineData("did:web:example.com#a#b", "invalid proxy header format")]
    [InlineData("did:web:example.com#a\"b", "invalid proxy header format")]
    [InlineData("did:web:example.com# a", "proxy header cannot contain spaces")]
    [InlineData("did:web:example.com #a", "proxy header cannot contain spaces")]
    [InlineData("garbage#a", "could not resolve proxy did")]
    public async Task A_malformed_header_is_refused_by_what_is_wrong_with_it_before_it_is_asked_who_calls(string header, string message) =>
        Assert.Equal(message, (await CallAsync(pds.Anyone, "com.example.thing.get", header)).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task A_DID_that_does_not_resolve_or_has_no_such_service_is_refused()
    {
        var alice = await pds.SignUpAsync();

        foreach (var did in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:web:localhost%3A1", "did:key:zQ3shunknown", "did:web:a:b" })
            Assert.Equal("could not resolve proxy did", (await CallAsync(alice, "com.example.thing.get", $"{did}#fake")).Refused(400, "InvalidRequest").Message);
        Assert.Equal("could not resolve proxy did service url", (await CallAsync(alice, "com.example.thing.get", $"{pds.Other.Did}#other")).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Nobody_is_asked_who_a_DID_is_for_a_caller_without_an_account() =>
        (await CallAsync(pds.Anyone, "com.example.thing.get", $"{pds.Other.Did}#other")).Refused(401, "AuthMissing");

    [Fact]
    public async Task An_empty_header_names_nobody() => await ArrivesAsync(pds.AppView, "com.example.empty.header", "");

    [Fact]
    public async Task Methods_of_this_servers_own_are_answered_here_whomever_the_header_names()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(alice.Did.Value, (await CallAsync(alice, "com.atproto.server.getSession", $"{pds.Other.Did}#fake")).Ok().GetProperty("did").GetString());
    }

    private async Task ArrivesAsync(FakeUpstream service, string method, string? header = null)
    {
        var alice = await pds.SignUpAsync();
        var before = service.Calls.Count;

        (await CallAsync(alice, method, header)).Ok();

        Assert.Contains(service.Calls.Skip(before), call => ((string)call["target"]!).StartsWith($"/xrpc/{method}?", StringComparison.Ordinal));
    }

    private static Task<XrpcAnswer> CallAsync(XrpcClient caller, string method, string? header)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{method}?");
        if (header is not null) request.Headers.TryAddWithoutValidation("atproto-proxy", header);
        return caller.SendAsync(request);
    }
}
