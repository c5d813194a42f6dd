using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>What an AppView answers, in the shapes of its lexicons, and how far it says that it has seen the caller's repo.</summary>
public static class AppViewAnswers
{
    /// <summary>Has a service answer a method with this.</summary>
    public static void Says(this FakeUpstream service, string method, JsonNode answer, Tid? rev, int status = 200) => service.Says(method, answer.ToJsonString(), rev, status);

    /// <inheritdoc cref="Says(FakeUpstream, string, JsonNode, Tid?, int)"/>
    public static void Says(this FakeUpstream service, string method, string answer, Tid? rev, int status = 200, string type = "application/json") => service.Answers[method] = http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        if (rev is { } seen) http.Response.Headers["atproto-repo-rev"] = seen.ToString();
        http.Response.Headers["atproto-content-labelers"] = "did:plc:labeler";
        return http.Response.WriteAsync(answer);
    };

    public static JsonObject Profile(Actor actor, string? displayName = null)
    {
        var profile = new JsonObject { ["did"] = actor.Did.Value, ["handle"] = actor.Handle, ["followersCount"] = 3, ["viewer"] = new JsonObject { ["muted"] = false } };
        if (displayName is not null) profile["displayName"] = displayName;
        return profile;
    }

    /// <summary>A post's view; its place in a feed is that many minutes ago.</summary>
    public static JsonObject Post(Actor author, string uri, double minutesAgo = 0, JsonObject? reply = null)
    {
        var record = new JsonObject { ["$type"] = "app.bsky.feed.post", ["text"] = "seen", ["createdAt"] = Records.Moment };
        if (reply is not null) record["reply"] = reply;
        return new JsonObject
        {
            ["uri"] = uri,
            ["cid"] = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua",
            ["author"] = Profile(author),
            ["record"] = record,
            ["replyCount"] = 2,
            ["repostCount"] = 5,
            ["likeCount"] = 7,
            ["indexedAt"] = MinutesAgo(minutesAgo),
        };
    }

    public static string MinutesAgo(double minutes) => TimeProvider.System.GetUtcNow().AddMinutes(-minutes).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A page of a feed.</summary>
    public static JsonObject FeedOf(params IEnumerable<JsonObject> posts) => FeedOfItems(posts.Select(post => new JsonObject { ["post"] = post }));

    /// <inheritdoc cref="FeedOf"/>
    public static JsonObject FeedOfItems(params IEnumerable<JsonObject> items) => new() { ["cursor"] = "more", ["feed"] = new JsonArray([.. items]), ["extra"] = new JsonObject { ["number"] = 1.50m } };

    public static JsonObject Thread(JsonObject post, params IEnumerable<JsonObject> replies) => new()
    {
        ["$type"] = "app.bsky.feed.defs#threadViewPost",
        ["post"] = post,
        ["replies"] = new JsonArray([.. replies]),
    };

    /// <summary>What a record says that answers another.</summary>
    public static JsonObject Reply(string root, string parent) => new() { ["root"] = Ref(root), ["parent"] = Ref(parent) };

    /// <summary>A record as another mentions it.</summary>
    public static JsonObject Ref(string uri) => new() { ["uri"] = uri, ["cid"] = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua" };

    /// <summary>Writes a post and answers with its URI.</summary>
    public static async Task<string> PublishAsync(this Actor actor, string text, JsonNode? reply = null, JsonNode? embed = null)
    {
        var post = new JsonObject { ["text"] = text, ["createdAt"] = Records.Moment };
        if (reply is not null) post["reply"] = reply;
        if (embed is not null) post["embed"] = embed;
        return await actor.WriteAsync("app.bsky.feed.post", post);
    }

    public static Task<string> LikeAsync(this Actor actor, string uri) =>
        actor.WriteAsync("app.bsky.feed.like", new JsonObject { ["subject"] = Ref(uri), ["createdAt"] = Records.Moment });

    public static Task<string> RepostAsync(this Actor actor, string uri) =>
        actor.WriteAsync("app.bsky.feed.repost", new JsonObject { ["subject"] = Ref(uri), ["createdAt"] = Records.Moment });

    public static async Task RemoveAsync(this Actor actor, string uri) => (await actor.DeleteRecordAsync(uri.Split('/')[3], Records.RkeyOf(uri))).Ok();

    /// <summary>How far the repo is now: what an AppView says that has seen all of it.</summary>
    public static async Task<Tid> HeadAsync(this Actor actor) => (await actor.GetLatestCommitAsync()).Rev;

    private static async Task<string> WriteAsync(this Actor actor, string collection, JsonObject record) =>
        (await actor.CreateRecordAsync(record, collection)).Ok().GetProperty("uri").GetString()!;
}
