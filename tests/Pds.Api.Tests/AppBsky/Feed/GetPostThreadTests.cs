using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.AppBsky.Feed;

public sealed class GetPostThreadTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getPostThread";
    private const string Others = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/";
    private const string NotFound = """{"error":"NotFound","message":"Post not found"}""";

    [Fact]
    public async Task Shows_a_new_reply_first_among_the_others_and_the_reply_to_it()
    {
        var (alice, root, seen) = await SeenAsync();
        var reply = await alice.PublishAsync("reply", Reply(root, root));
        var next = await alice.PublishAsync("next", Reply(root, reply));
        pds.AppView.Says(Method, In(Thread(Post(alice, root), Thread(Post(alice, $"{Others}x")))), seen);

        var answer = await alice.GetAsync(Method, new { uri = root });

        var thread = answer.Ok().GetProperty("thread");
        Assert.Equal([reply, $"{Others}x"], RepliesOf(thread));
        Assert.Equal([next], RepliesOf(thread.GetProperty("replies")[0]));
        Assert.Equal("app.bsky.feed.defs#threadViewPost", thread.GetProperty("replies")[0].GetProperty("$type").GetString());
        Assert.Equal((3, 1), (ReplyCountOf(thread), ReplyCountOf(thread.GetProperty("replies")[0])));
        Assert.True(answer.Headers.ContainsKey("Atproto-Upstream-Lag"));
    }

    [Fact]
    public async Task Shows_replies_as_deep_as_was_asked_and_once()
    {
        var (alice, root, seen) = await SeenAsync();
        var reply = await alice.PublishAsync("reply", Reply(root, root));
        await alice.PublishAsync("too deep", Reply(root, reply));
        pds.AppView.Says(Method, In(Thread(Post(alice, root))), seen);

        Assert.False((await alice.GetAsync(Method, new { uri = root, depth = 1 })).Ok().GetProperty("thread").GetProperty("replies")[0].TryGetProperty("replies", out _));
        Assert.Empty(RepliesOf((await alice.GetAsync(Method, new { uri = root, depth = 0 })).Ok().GetProperty("thread")));

        pds.AppView.Says(Method, In(Thread(Post(alice, root), Thread(Post(alice, reply)))), seen);
        Assert.Equal([reply], RepliesOf((await alice.GetAsync(Method, new { uri = root })).Ok().GetProperty("thread")));
    }

    [Fact]
    public async Task A_deleted_reply_is_gone_and_a_deleted_parent_was_there()
    {
        var (alice, root, _) = await SeenAsync();
        var (parent, deleted) = (await alice.PublishAsync("parent"), await alice.PublishAsync("deleted", Reply(root, root)));
        var seen = await alice.HeadAsync();
        await alice.RemoveAsync(deleted);
        await alice.RemoveAsync(parent);
        var view = Thread(Post(alice, root), Thread(Post(alice, deleted)), Thread(Post(alice, $"{Others}x")));
        view["parent"] = Thread(Post(alice, parent));
        pds.AppView.Says(Method, In(view), seen);

        var thread = (await alice.GetAsync(Method, new { uri = root })).Ok().GetProperty("thread");

        Assert.Equal([$"{Others}x"], RepliesOf(thread));
        Assert.Equal(1, ReplyCountOf(thread));
        Assert.Equal($$"""{"$type":"app.bsky.feed.defs#notFoundPost","uri":"{{parent}}","notFound":true}""", thread.GetProperty("parent").GetRawText());
    }

    [Fact]
    public async Task A_deleted_post_is_not_found()
    {
        var (alice, root, seen) = await SeenAsync();
        await alice.PublishAsync("so that something is left");
        await alice.RemoveAsync(root);
        pds.AppView.Says(Method, In(Thread(Post(alice, root))), seen);

        (await alice.GetAsync(Method, new { uri = root })).Refused(400, "NotFound");
    }

    [Fact]
    public async Task A_like_shows_on_every_post_of_the_thread()
    {
        var (alice, root, seen) = await SeenAsync();
        var (up, down) = (await alice.LikeAsync($"{Others}up"), await alice.LikeAsync($"{Others}down"));
        var view = Thread(Post(alice, root), Thread(Post(alice, $"{Others}down")));
        view["parent"] = Thread(Post(alice, $"{Others}up"));
        pds.AppView.Says(Method, In(view), seen);

        var thread = (await alice.GetAsync(Method, new { uri = root })).Ok().GetProperty("thread");

        Assert.Equal((up, down), (LikeOf(thread.GetProperty("parent")), LikeOf(thread.GetProperty("replies")[0])));

        static string? LikeOf(JsonElement view) => view.GetProperty("post").GetProperty("viewer").GetProperty("like").GetString();
    }

    [Fact]
    public async Task A_post_that_the_AppView_does_not_know_yet_is_found_by_handle_too_with_the_replies_to_it()
    {
        var (alice, _, seen) = await SeenAsync();
        var post = await alice.PublishAsync("new");
        var reply = await alice.PublishAsync("reply", Reply(post, post));
        pds.AppView.Says(Method, NotFound, seen, status: 400);

        var answer = await alice.GetAsync(Method, new { uri = post.Replace(alice.Did.Value, alice.Handle, StringComparison.Ordinal) });

        var thread = answer.Ok().GetProperty("thread");
        Assert.Equal((post, "new"), (thread.GetProperty("post").GetProperty("uri").GetString(), thread.GetProperty("post").GetProperty("record").GetProperty("text").GetString()));
        Assert.Equal([reply], RepliesOf(thread));
        Assert.True(answer.Headers.ContainsKey("Atproto-Upstream-Lag"));
    }

    [Fact]
    public async Task What_it_answers_is_asked_of_the_AppView_unless_it_is_new_as_well()
    {
        var (alice, root, seen) = await SeenAsync();
        var first = await alice.PublishAsync("first", Reply(root, root));
        var second = await alice.PublishAsync("second", Reply(root, first));
        pds.AppView.Answers[Method] = http =>
        {
            var isOfSecond = http.Request.Query["uri"] == second;
            pds.AppView.Says("answer", isOfSecond ? NotFound : In(Thread(Post(alice, root))).ToJsonString(), seen, isOfSecond ? 400 : 200);
            return pds.AppView.Answers["answer"](http);
        };

        var thread = (await alice.GetAsync(Method, new { uri = second, parentHeight = 10 })).Ok().GetProperty("thread");

        Assert.Equal(first, UriOf(thread.GetProperty("parent")));
        Assert.Equal(root, UriOf(thread.GetProperty("parent").GetProperty("parent")));
        Assert.Contains(pds.AppView.Calls, call => ((string)call["target"]!).EndsWith($"uri={Uri.EscapeDataString(root)}&depth=0&parentHeight=8", StringComparison.Ordinal));
        Assert.False((await alice.GetAsync(Method, new { uri = second, parentHeight = 0 })).Ok().GetProperty("thread").TryGetProperty("parent", out _));
    }

    [Fact]
    public async Task Whatever_else_is_not_found_is_not_found()
    {
        var (alice, root, seen) = await SeenAsync();
        var post = await alice.PublishAsync("new");
        pds.AppView.Says(Method, NotFound, seen, status: 400);

        (await alice.GetAsync(Method, new { uri = root })).Refused(400, "NotFound"); // the AppView has seen it, and says that it is not there
        (await alice.GetAsync(Method, new { uri = $"{Others}x" })).Refused(400, "NotFound");
        pds.AppView.Says(Method, NotFound, rev: null, status: 400);
        (await alice.GetAsync(Method, new { uri = post })).Refused(400, "NotFound");
        pds.AppView.Says(Method, """{"error":"Blocked"}""", seen, status: 400);
        (await alice.GetAsync(Method, new { uri = post })).Refused(400, "Blocked");
    }

    [Fact]
    public async Task Other_variants_of_a_thread_are_passed_on()
    {
        var (alice, root, seen) = await SeenAsync();
        await alice.PublishAsync("reply", Reply(root, root));
        pds.AppView.Says(Method, In(new JsonObject { ["$type"] = "app.bsky.feed.defs#blockedPost", ["uri"] = root, ["blocked"] = true }), seen);

        Assert.Equal("app.bsky.feed.defs#blockedPost", (await alice.GetAsync(Method, new { uri = root })).Ok().GetProperty("thread").GetProperty("$type").GetString());
    }

    [Theory]
    [InlineData("uri=at://x")]
    [InlineData("uri=at://alice.test/app.bsky.feed.post/x&depth=1001")]
    [InlineData("uri=at://alice.test/app.bsky.feed.post/x&parentHeight=-1")]
    [InlineData("")]
    public async Task Refuses_parameters_that_are_out_of_bounds(string query) =>
        (await (await pds.SignUpAsync()).SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}"))).Refused(400, "InvalidRequest");

    /// <summary>Somebody with a post that the AppView has seen, and how far that was.</summary>
    private async Task<(Pds.TestKit.Actor, string, Domain.Syntax.Tid)> SeenAsync()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        var root = await alice.PublishAsync("root");
        return (alice, root, await alice.HeadAsync());
    }

    private static JsonObject In(JsonObject thread) => new() { ["thread"] = thread };

    private static List<string?> RepliesOf(JsonElement view) => [.. view.GetProperty("replies").EnumerateArray().Select(UriOf)];

    private static string? UriOf(JsonElement view) => view.GetProperty("post").GetProperty("uri").GetString();

    private static int ReplyCountOf(JsonElement view) => view.GetProperty("post").GetProperty("replyCount").GetInt32();
}
