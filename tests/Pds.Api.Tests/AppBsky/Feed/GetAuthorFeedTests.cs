using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.AppBsky.Feed;

public sealed class GetAuthorFeedTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getAuthorFeed";

    [Fact]
    public async Task Shows_new_posts_in_the_callers_own_feed_and_in_no_others()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var old = await alice.PublishAsync("old");
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("new");
        pds.AppView.Says(Method, FeedOf(Post(alice, old, 5)), seen);

        Assert.Equal([unseen, old], Uris(await alice.GetAsync(Method, new { actor = alice.Did.Value })));
        Assert.Equal([unseen, old], Uris(await alice.GetAsync(Method, new { actor = alice.Handle })));
        Assert.Equal([old], Uris(await alice.GetAsync(Method, new { actor = bob.Did.Value })));
    }

    [Fact]
    public async Task A_feed_that_is_empty_still_is_the_callers()
    {
        var alice = await pds.SignUpAsync();
        var seen = await alice.HeadAsync();
        var first = await alice.PublishAsync("first");
        pds.AppView.Says(Method, FeedOf(), seen);

        Assert.Equal([first], Uris(await alice.GetAsync(Method, new { actor = alice.Handle })));
    }

    [Fact]
    public async Task What_is_pinned_stays_above()
    {
        var alice = await pds.SignUpAsync();
        var (pinned, old) = (await alice.PublishAsync("pinned"), await alice.PublishAsync("old"));
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("new");
        pds.AppView.Says(Method, FeedOfItems(new JsonObject { ["post"] = Post(alice, pinned, 999), ["reason"] = new JsonObject { ["$type"] = "app.bsky.feed.defs#reasonPin" } }, new JsonObject { ["post"] = Post(alice, old, 5) }), seen);

        Assert.Equal([pinned, unseen, old], Uris(await alice.GetAsync(Method, new { actor = alice.Did.Value, includePins = true })));
    }

    [Fact]
    public async Task A_change_of_the_profile_shows_with_every_post()
    {
        var alice = await pds.SignUpAsync();
        var old = await alice.PublishAsync("old");
        var seen = await alice.HeadAsync();
        (await alice.PutRecordAsync(new { displayName = "Alice" }, "app.bsky.actor.profile", "self")).Ok();
        pds.AppView.Says(Method, FeedOf(Post(alice, old, 5)), seen);

        var post = (await alice.GetAsync(Method, new { actor = alice.Did.Value })).Ok().GetProperty("feed")[0].GetProperty("post");

        Assert.Equal("Alice", post.GetProperty("author").GetProperty("displayName").GetString());
    }

    [Theory]
    [InlineData("posts_with_replies", "reply to self, reply, video, picture, plain")]
    [InlineData("posts_no_replies", "video, picture, plain")]
    [InlineData("posts_and_author_threads", "reply to self, video, picture, plain")]
    [InlineData("posts_with_media", "video, picture")]
    [InlineData("posts_with_video", "video")]
    [InlineData("posts_of_a_later_year", "reply to self, reply, video, picture, plain")]
    public async Task Shows_of_the_new_posts_those_that_the_filter_lets_through(string filter, string texts)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var seen = await alice.HeadAsync();
        var plain = await alice.PublishAsync("plain");
        var image = JsonNode.Parse((await alice.UploadBlobAsync(Pictures.Png("picture"), "image/png")).GetRawText())!;
        await alice.PublishAsync("picture", embed: JsonNode.Parse($$"""{"$type":"app.bsky.embed.images","images":[{"image":{{image}},"alt":""}]}"""));
        var film = JsonNode.Parse((await alice.UploadBlobAsync([0, 0, 0, 0x18, .. "ftypmp42"u8, 0, 0, 0, 0], "video/mp4")).GetRawText())!;
        await alice.PublishAsync("video", embed: JsonNode.Parse($$"""{"$type":"app.bsky.embed.video","video":{{film}}}"""));
        var of = $"at://{bob.Did}/app.bsky.feed.post/x";
        await alice.PublishAsync("reply", reply: Reply(of, of));
        await alice.PublishAsync("reply to self", reply: Reply(plain, plain));
        pds.AppView.Says(Method, FeedOf(), seen);

        var feed = (await alice.GetAsync(Method, new { actor = alice.Did.Value, filter })).Ok().GetProperty("feed");

        Assert.Equal(texts, string.Join(", ", feed.EnumerateArray().Select(item => item.GetProperty("post").GetProperty("record").GetProperty("text").GetString())));
    }

    [Fact]
    public async Task Parameters_are_looked_at_before_who_calls()
    {
        (await pds.Anyone.GetAsync(Method)).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync(Method, new { actor = "alice.test", includePins = "perhaps" })).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync(Method, new { actor = "alice.test" })).Refused(401, "AuthMissing");
    }

    private static List<string> Uris(XrpcAnswer answer) => [.. answer.Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("uri").GetString()!)];
}
