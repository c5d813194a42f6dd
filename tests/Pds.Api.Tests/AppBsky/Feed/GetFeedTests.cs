using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.AppBsky.Feed;

public sealed class GetFeedTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getFeed";
    private const string Feed = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.generator/cats";

    [Fact]
    public async Task Goes_to_the_AppView_with_a_token_for_the_generator()
    {
        var alice = await pds.SignUpAsync();
        pds.AppView.Record = JsonNode.Parse("""{"uri":"at://x","value":{"did":"did:web:feeds.example.com"}}""");

        var echo = (await alice.GetAsync(Method, new { feed = Feed, limit = 3, cursor = "later" })).Ok();

        Assert.Equal($"/xrpc/{Method}?feed={Uri.EscapeDataString(Feed)}&limit=3&cursor=later", echo.GetProperty("target").GetString());
        var claims = Claims(echo);
        Assert.Equal(
            (alice.Did.Value, "did:web:feeds.example.com", "app.bsky.feed.getFeedSkeleton"),
            (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("lxm").GetString()));
        Assert.Contains(pds.AppView.Calls, call => (string)call["target"]! == "/xrpc/com.atproto.repo.getRecord?repo=did%3Aplc%3Aewvi7nxzyoun6zhxrhs64oiz&collection=app.bsky.feed.generator&rkey=cats");
    }

    [Theory]
    [InlineData("""{"value":{}}""", 400, "UnknownFeed")]
    [InlineData("""{"value":{"did":7}}""", 400, "UnknownFeed")]
    [InlineData("""{"value":{"did":"garbage"}}""", 400, "UnknownFeed")]
    [InlineData("""{"value":[]}""", 502, "UpstreamFailure")]
    [InlineData("""{}""", 502, "UpstreamFailure")]
    [InlineData("""[]""", 502, "UpstreamFailure")]
    public async Task A_record_that_names_no_generator_is_no_feed(string record, int status, string error)
    {
        var alice = await pds.SignUpAsync();
        pds.AppView.Record = JsonNode.Parse(record);

        (await alice.GetAsync(Method, new { feed = Feed })).Refused(status, error);
    }

    [Fact]
    public async Task Parameters_are_looked_at_before_who_calls()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.GetAsync(Method)).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync(Method, new { feed = Feed })).Refused(401, "AuthMissing");
        (await alice.GetAsync(Method, new { feed = "cats" })).Refused(400, "InvalidRequest");
        (await alice.GetAsync(Method, new { feed = Feed, limit = 101 })).Refused(400, "InvalidRequest");
        (await alice.GetAsync(Method, new { feed = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz" })).Refused(400, "UnknownFeed");
    }

    private static JsonElement Claims(JsonElement echo)
    {
        var token = echo.GetProperty("headers").GetProperty("authorization").GetString()!;
        return JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
    }
}
