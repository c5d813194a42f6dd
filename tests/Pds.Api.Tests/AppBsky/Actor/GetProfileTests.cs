using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;
using User = Pds.TestKit.Actor;

namespace Pds.Api.Tests.AppBsky.Actor;

public sealed class GetProfileTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.actor.getProfile";

    [Fact]
    public async Task Shows_a_change_that_the_AppView_has_not_seen()
    {
        var (alice, seen) = await SeenAsync();
        var (avatar, banner) = (await UploadAsync(alice, "avatar"), await UploadAsync(alice, "banner"));
        var pinned = await alice.PublishAsync("pinned");
        await PutAsync(alice, new JsonObject { ["displayName"] = "Alice", ["description"] = "new", ["pronouns"] = "she", ["website"] = "https://example.com", ["avatar"] = avatar, ["banner"] = banner, ["pinnedPost"] = Ref(pinned) });
        pds.AppView.Says(Method, Profile(alice, "old"), seen);

        var answer = await alice.GetAsync(Method, new { actor = alice.Handle });

        var profile = answer.Ok();
        Assert.Equal(("Alice", "new", "she", "https://example.com"), (Text("displayName"), Text("description"), Text("pronouns"), Text("website")));
        Assert.Equal(pds.ImageUrl(alice, "avatar", avatar), Text("avatar"));
        Assert.Equal(pds.ImageUrl(alice, "banner", banner), Text("banner"));
        Assert.Equal(pinned, profile.GetProperty("pinnedPost").GetProperty("uri").GetString());
        Assert.Equal(3, profile.GetProperty("followersCount").GetInt32());
        Assert.InRange(long.Parse(answer.Headers["Atproto-Upstream-Lag"]), 0, 60_000);
        Assert.Equal(seen.ToString(), answer.Headers["atproto-repo-rev"]);
        Assert.Equal("did:plc:labeler", answer.Headers["atproto-content-labelers"]);
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);

        string? Text(string name) => profile.GetProperty(name).GetString();
    }

    [Fact]
    public async Task What_is_no_longer_in_the_profile_is_not_shown_any_more()
    {
        var (alice, seen) = await SeenAsync();
        await PutAsync(alice, []);
        pds.AppView.Says(Method, Profile(alice, "old"), seen);

        Assert.False((await alice.GetAsync(Method, new { actor = alice.Did.Value })).Ok().TryGetProperty("displayName", out _));

        await alice.RemoveAsync($"at://{alice.Did}/app.bsky.actor.profile/self");
        Assert.False((await alice.GetAsync(Method, new { actor = alice.Did.Value })).Ok().TryGetProperty("displayName", out _));
    }

    [Fact]
    public async Task A_profile_that_the_AppView_has_seen_stays_as_it_says_whatever_else_it_has_not_seen()
    {
        var (alice, seen) = await SeenAsync();
        await alice.PublishAsync("later");
        pds.AppView.Says(Method, Profile(alice, "of the AppView"), seen);

        Assert.Equal("of the AppView", (await alice.GetAsync(Method, new { actor = alice.Did.Value })).Ok().GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Anybody_elses_profile_is_theirs_and_shows_at_once_that_it_is_followed_or_no_more()
    {
        var (alice, seen) = await SeenAsync();
        var bob = await pds.SignUpAsync("bob");
        await PutAsync(alice, new JsonObject { ["displayName"] = "Alice" });
        var follow = (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow")).Ok().GetProperty("uri").GetString()!;
        pds.AppView.Says(Method, Profile(bob, "Bob"), seen);

        var profile = (await alice.GetAsync(Method, new { actor = bob.Did.Value })).Ok();

        Assert.Equal(("Bob", follow), (profile.GetProperty("displayName").GetString(), profile.GetProperty("viewer").GetProperty("following").GetString()));

        var followed = Profile(bob, "Bob");
        followed["viewer"]!["following"] = follow;
        await alice.RemoveAsync(follow);
        pds.AppView.Says(Method, followed, seen);
        Assert.False((await alice.GetAsync(Method, new { actor = bob.Did.Value })).Ok().GetProperty("viewer").TryGetProperty("following", out _));
    }

    [Fact]
    public async Task Refuses_what_is_no_account_and_who_is_nobody()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method)).Refused(400, "InvalidRequest");
        (await alice.GetAsync(Method, new { actor = "bad!" })).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync(Method, new { actor = alice.Handle })).Refused(401, "AuthMissing");
    }

    /// <summary>Somebody whose profile the AppView has seen, and how far that was.</summary>
    private async Task<(User, Domain.Syntax.Tid)> SeenAsync()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        await PutAsync(alice, new JsonObject { ["displayName"] = "old" });
        return (alice, await alice.HeadAsync());
    }

    private static async Task PutAsync(User user, JsonObject profile) => (await user.PutRecordAsync(profile, "app.bsky.actor.profile", "self")).Ok();

    private static async Task<JsonNode> UploadAsync(User user, string name) => JsonNode.Parse((await user.UploadBlobAsync(Pictures.Png(name), "image/png")).GetRawText())!;
}
