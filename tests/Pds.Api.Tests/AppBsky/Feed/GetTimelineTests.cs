using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.AppBsky.Feed;

public sealed class GetTimelineTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getTimeline";

    [Fact]
    public async Task Shows_a_new_post_above_what_is_older_and_below_what_is_newer()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("just now");
        pds.AppView.Says(Method, FeedOf(Post(bob, Uri(bob, "newer"), minutesAgo: -5), Post(bob, Uri(bob, "older"), minutesAgo: 5)), seen);

        var answer = await alice.GetAsync(Method, new { limit = 2 });

        Assert.Equal([Uri(bob, "newer"), unseen, Uri(bob, "older")], Uris(answer));
        Assert.True(answer.Headers.ContainsKey("Atproto-Upstream-Lag"));
        Assert.Equal("more", answer.Ok().GetProperty("cursor").GetString());
        Assert.Equal("1.50", answer.Ok().GetProperty("extra").GetProperty("number").GetRawText());
        var post = answer.Ok().GetProperty("feed")[1].GetProperty("post");
        Assert.Equal(["uri", "cid", "author", "record", "replyCount", "repostCount", "likeCount", "quoteCount", "indexedAt"], post.EnumerateObject().Select(field => field.Name));
        Assert.Equal((alice.Did.Value, alice.Handle), (post.GetProperty("author").GetProperty("did").GetString(), post.GetProperty("author").GetProperty("handle").GetString()));
        Assert.Equal("just now", post.GetProperty("record").GetProperty("text").GetString());
        Assert.Equal(0, post.GetProperty("likeCount").GetInt32());
    }

    [Fact]
    public async Task Shows_it_once_though_the_AppView_knows_it_already()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("just now");
        pds.AppView.Says(Method, FeedOf(Post(alice, unseen)), seen);

        Assert.Equal([unseen], Uris(await alice.GetAsync(Method)));
    }

    [Fact]
    public async Task A_page_further_down_does_not_begin_with_what_is_new()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        await alice.PublishAsync("just now");
        pds.AppView.Says(Method, FeedOf(Post(bob, Uri(bob, "older"), minutesAgo: 5)), seen);

        Assert.Equal([Uri(bob, "older")], Uris(await alice.GetAsync(Method, new { cursor = "more" })));
    }

    [Fact]
    public async Task An_empty_timeline_begins_with_the_callers_own_posts_the_newest_first()
    {
        var alice = await pds.SignUpAsync();
        var seen = await alice.HeadAsync();
        var posts = new List<string>();
        for (var i = 0; i < 3; i++) posts.Insert(0, await alice.PublishAsync($"{i}"));
        pds.AppView.Says(Method, FeedOf(), seen);

        Assert.Equal(posts, Uris(await alice.GetAsync(Method))); // the account is new: there is nothing that the AppView has seen
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_so_is_a_repost_that_was_undone()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (kept, deleted) = (await alice.PublishAsync("kept"), await alice.PublishAsync("deleted"));
        var repost = await alice.RepostAsync(Uri(bob, "reposted"));
        var seen = await alice.HeadAsync();
        var reposted = new JsonObject
        {
            ["post"] = Post(bob, Uri(bob, "reposted"), minutesAgo: 999),
            ["reason"] = new JsonObject { ["$type"] = "app.bsky.feed.defs#reasonRepost", ["by"] = Profile(alice), ["uri"] = repost, ["indexedAt"] = MinutesAgo(3) },
        };
        JsonObject Timeline() => FeedOfItems(new JsonObject { ["post"] = Post(alice, deleted, 1) }, new JsonObject { ["post"] = Post(alice, kept, 2) }, (JsonObject)reposted.DeepClone());
        await alice.RemoveAsync(deleted);
        pds.AppView.Says(Method, Timeline(), seen);

        Assert.Equal([kept, Uri(bob, "reposted")], Uris(await alice.GetAsync(Method)));

        await alice.RemoveAsync(repost);
        Assert.Equal([kept], Uris(await alice.GetAsync(Method)));
    }

    [Fact]
    public async Task A_repost_has_its_place_by_when_it_was_reposted()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("just now");
        var reposted = new JsonObject
        {
            ["post"] = Post(bob, Uri(bob, "old"), minutesAgo: 999),
            ["reason"] = new JsonObject { ["$type"] = "app.bsky.feed.defs#reasonRepost", ["by"] = Profile(bob), ["indexedAt"] = MinutesAgo(-3) },
        };
        pds.AppView.Says(Method, FeedOfItems(reposted, new JsonObject { ["post"] = Post(bob, Uri(bob, "older"), minutesAgo: 5) }), seen);

        Assert.Equal([Uri(bob, "old"), unseen, Uri(bob, "older")], Uris(await alice.GetAsync(Method)));
    }

    [Fact]
    public async Task A_new_like_shows_and_one_that_was_undone_does_not()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var undone = await alice.LikeAsync(Uri(bob, "two"));
        var seen = await alice.HeadAsync();
        var like = await alice.LikeAsync(Uri(bob, "one"));
        var repost = await alice.RepostAsync(Uri(bob, "one"));
        await alice.RemoveAsync(undone);
        var two = Post(bob, Uri(bob, "two"), 2);
        two["viewer"] = new JsonObject { ["like"] = undone, ["threadMuted"] = false };
        await alice.LikeAsync(Uri(bob, "first")); // so that something is as old as the AppView's rev
        pds.AppView.Says(Method, FeedOf(Post(bob, Uri(bob, "one"), 1), two), seen);

        var feed = (await alice.GetAsync(Method)).Ok().GetProperty("feed");

        var (first, second) = (feed[0].GetProperty("post"), feed[1].GetProperty("post"));
        Assert.Equal((like, 8), (first.GetProperty("viewer").GetProperty("like").GetString(), first.GetProperty("likeCount").GetInt32()));
        Assert.Equal((repost, 6), (first.GetProperty("viewer").GetProperty("repost").GetString(), first.GetProperty("repostCount").GetInt32()));
        Assert.Equal(7, second.GetProperty("likeCount").GetInt32());
    }

    [Fact]
    public async Task Pictures_and_links_of_a_new_post_show()
    {
        var alice = await pds.SignUpAsync();
        var seen = await alice.HeadAsync();
        var image = JsonNode.Parse((await alice.UploadBlobAsync(Pictures.Png("picture"), "image/png")).GetRawText())!;
        await alice.PublishAsync("pictures", embed: JsonNode.Parse($$$"""{"$type":"app.bsky.embed.images","images":[{"image":{{{image}}},"alt":"a cat","aspectRatio":{"width":4,"height":3}}]}"""));
        await alice.PublishAsync("gallery", embed: JsonNode.Parse($$$"""{"$type":"app.bsky.embed.gallery","items":[{"$type":"app.bsky.embed.gallery#image","image":{{{image}}},"alt":"a dog","aspectRatio":{"width":1,"height":1}}]}"""));
        await alice.PublishAsync("link", embed: JsonNode.Parse($$$"""{"$type":"app.bsky.embed.external","external":{"uri":"https://example.com","title":"t","description":"d","thumb":{{{image}}}}}"""));
        pds.AppView.Says(Method, FeedOf(), seen);

        var embeds = (await alice.GetAsync(Method)).Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("embed").GetRawText()).ToList();

        var (thumb, full) = (pds.ImageUrl(alice, "feed_thumbnail", image), pds.ImageUrl(alice, "feed_fullsize", image));
        Assert.Equal(
            [
                $$$"""{"$type":"app.bsky.embed.external#view","external":{"uri":"https://example.com","title":"t","description":"d","thumb":"{{{thumb}}}"}}""",
                $$$"""{"$type":"app.bsky.embed.gallery#view","items":[{"$type":"app.bsky.embed.gallery#viewImage","thumbnail":"{{{thumb}}}","fullsize":"{{{full}}}","alt":"a dog","aspectRatio":{"width":1,"height":1}}]}""",
                $$$"""{"$type":"app.bsky.embed.images#view","images":[{"thumb":"{{{thumb}}}","fullsize":"{{{full}}}","alt":"a cat","aspectRatio":{"width":4,"height":3}}]}""",
            ],
            embeds);
    }

    [Fact]
    public async Task What_a_new_post_quotes_is_asked_of_the_AppView_in_the_callers_name()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var seen = await alice.HeadAsync();
        var quoted = Post(bob, Uri(bob, "quoted"));
        quoted["embed"] = new JsonObject { ["$type"] = "app.bsky.embed.external#view" };
        pds.AppView.Says("app.bsky.feed.getPosts", new JsonObject { ["posts"] = new JsonArray(quoted) }, rev: null);
        pds.AppView.Says("app.bsky.feed.getFeedGenerator", new JsonObject { ["view"] = new JsonObject { ["uri"] = "at://feed" } }, rev: null);
        pds.AppView.Says("app.bsky.graph.getList", new JsonObject { ["list"] = new JsonObject { ["uri"] = "at://list" } }, rev: null);
        foreach (var collection in new[] { "app.bsky.feed.post", "app.bsky.feed.generator", "app.bsky.graph.list", "app.bsky.graph.starterpack" })
            await alice.PublishAsync(collection, embed: new JsonObject { ["$type"] = "app.bsky.embed.record", ["record"] = Ref($"at://{bob.Did}/{collection}/quoted") });
        pds.AppView.Says(Method, FeedOf(), seen);

        var records = (await alice.GetAsync(Method)).Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("embed").GetProperty("record")).ToList();

        Assert.Equal(
            ["app.bsky.embed.record#viewNotFound", "app.bsky.graph.defs#listView", "app.bsky.feed.defs#generatorView", "app.bsky.embed.record#viewRecord"],
            records.Select(record => record.GetProperty("$type").GetString()));
        Assert.Equal(["$type", "uri", "cid", "author", "indexedAt", "value", "embeds"], records[3].EnumerateObject().Select(field => field.Name));
        Assert.Equal("seen", records[3].GetProperty("value").GetProperty("text").GetString());
        var call = pds.AppView.Calls.Last(call => ((string)call["target"]!).Contains("getPosts", StringComparison.Ordinal));
        var token = Jwt.Read(((string)call["headers"]!["authorization"]!)["Bearer ".Length..]);
        Assert.Equal((alice.Did.Value, pds.AppView.Did.Value, "app.bsky.feed.getPosts"), (token.Claim("iss"), token.Claim("aud"), token.Claim("lxm")));
    }

    [Fact]
    public async Task A_quote_of_ones_own_new_post_shows_and_one_of_a_deleted_post_says_so()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var seen = await alice.HeadAsync();
        var own = await alice.PublishAsync("own");
        await alice.PublishAsync("quotes it", embed: new JsonObject { ["$type"] = "app.bsky.embed.record", ["record"] = Ref(own) });
        await alice.PublishAsync("quotes nothing", embed: new JsonObject { ["$type"] = "app.bsky.embed.record", ["record"] = Ref(Uri(bob, "none")) });
        pds.AppView.Says("app.bsky.feed.getPosts", new JsonObject { ["posts"] = new JsonArray() }, rev: null);
        pds.AppView.Says(Method, FeedOf(), seen);

        var feed = (await alice.GetAsync(Method)).Ok().GetProperty("feed");

        Assert.Equal("""{"$type":"app.bsky.embed.record#viewNotFound","uri":"URI","notFound":true}""".Replace("URI", Uri(bob, "none"), StringComparison.Ordinal), Quoted(0).GetRawText());
        Assert.Equal(("app.bsky.embed.record#viewRecord", "own"), (Quoted(1).GetProperty("$type").GetString(), Quoted(1).GetProperty("value").GetProperty("text").GetString()));

        JsonElement Quoted(int index) => feed[index].GetProperty("post").GetProperty("embed").GetProperty("record");
    }

    [Fact]
    public async Task A_post_shows_without_what_it_quotes_where_that_cannot_be_found_out()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var seen = await alice.HeadAsync();
        var unseen = await alice.PublishAsync("quotes", embed: new JsonObject { ["$type"] = "app.bsky.embed.record", ["record"] = Ref(Uri(bob, "quoted")) });
        pds.AppView.Says("app.bsky.feed.getPosts", "nothing", rev: null, status: 500);
        pds.AppView.Says(Method, FeedOf(), seen);

        var answer = await alice.GetAsync(Method);

        Assert.Equal([unseen], Uris(answer));
        Assert.False(answer.Ok().GetProperty("feed")[0].GetProperty("post").TryGetProperty("embed", out _));
    }

    [Fact]
    public async Task A_post_that_is_taken_down_does_not_show()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        var created = (await alice.CreateRecordAsync(Records.Post("bad"))).Ok();
        (await pds.ModerateAsync(Moderation.Record(created.GetProperty("uri").GetString()!, created.GetProperty("cid").GetString()!), Moderation.Applied())).Ok();
        pds.AppView.Says(Method, FeedOf(), seen);

        Assert.Empty(Uris(await alice.GetAsync(Method)));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=abc")]
    public async Task Refuses_parameters_that_are_out_of_bounds(string query) =>
        (await (await pds.SignUpAsync()).SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}"))).Refused(400, "InvalidRequest");

    private static string Uri(Pds.TestKit.Actor author, string rkey) => $"at://{author.Did}/app.bsky.feed.post/{rkey}";

    private static List<string> Uris(XrpcAnswer answer) => [.. answer.Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("uri").GetString()!)];
}
