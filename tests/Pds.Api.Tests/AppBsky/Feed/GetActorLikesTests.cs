using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.AppBsky.Feed;

public sealed class GetActorLikesTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getActorLikes";

    [Fact]
    public async Task Shows_what_the_caller_has_just_liked_above_and_without_what_he_likes_no_longer()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (kept, undone) = (await alice.LikeAsync(Uri(bob, "kept")), await alice.LikeAsync(Uri(bob, "undone")));
        var seen = await alice.HeadAsync();
        var (one, two) = (await alice.LikeAsync(Uri(bob, "one")), await alice.LikeAsync(Uri(bob, "two")));
        await alice.RemoveAsync(undone);
        pds.AppView.Says(Method, FeedOf(Liked("undone", undone), Liked("kept", kept)), seen);
        pds.AppView.Says("app.bsky.feed.getPosts", new JsonObject { ["posts"] = new JsonArray(Post(bob, Uri(bob, "one")), Post(bob, Uri(bob, "two"))) }, rev: null);

        var answer = await alice.GetAsync(Method, new { actor = alice.Handle });

        Assert.Equal([Uri(bob, "two"), Uri(bob, "one"), Uri(bob, "kept")], Uris(answer));
        Assert.Equal([two, one, kept], answer.Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("viewer").GetProperty("like").GetString()));
        Assert.Equal([Uri(bob, "kept")], Uris(await alice.GetAsync(Method, new { actor = alice.Handle, cursor = "more" })));

        JsonObject Liked(string rkey, string like)
        {
            var post = Post(bob, Uri(bob, rkey), 5);
            post["viewer"] = new JsonObject { ["like"] = like };
            return post;
        }
    }

    [Fact]
    public async Task Anybody_elses_likes_are_theirs()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await alice.LikeAsync(Uri(bob, "first"));
        var seen = await alice.HeadAsync();
        await alice.LikeAsync(Uri(bob, "one"));
        pds.AppView.Says(Method, FeedOf(Post(bob, Uri(bob, "two"))), seen);

        Assert.Equal([Uri(bob, "two")], Uris(await alice.GetAsync(Method, new { actor = bob.Did.Value })));
    }

    [Fact]
    public async Task A_change_of_the_profile_shows_with_the_callers_posts()
    {
        var alice = await pds.SignUpAsync();
        var old = await alice.PublishAsync("old");
        var seen = await alice.HeadAsync();
        (await alice.PutRecordAsync(new { displayName = "Alice" }, "app.bsky.actor.profile", "self")).Ok();
        pds.AppView.Says(Method, FeedOf(Post(alice, old, 5)), seen);

        var answer = await alice.GetAsync(Method, new { actor = alice.Did.Value });

        Assert.Equal("Alice", answer.Ok().GetProperty("feed")[0].GetProperty("post").GetProperty("author").GetProperty("displayName").GetString());
        Assert.True(answer.Headers.ContainsKey("Atproto-Upstream-Lag"));
    }

    [Fact]
    public async Task Refuses_calls_without_an_account_to_ask_about() => (await (await pds.SignUpAsync()).GetAsync(Method)).Refused(400, "InvalidRequest");

    private static string Uri(Pds.TestKit.Actor author, string rkey) => $"at://{author.Did}/app.bsky.feed.post/{rkey}";

    private static List<string> Uris(XrpcAnswer answer) => [.. answer.Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post").GetProperty("uri").GetString()!)];
}
