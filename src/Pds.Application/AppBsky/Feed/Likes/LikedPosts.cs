using System.Text.Json.Nodes;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed.Likes;

/// <summary>A page of what the caller likes: without what he likes no longer, and with what he has just begun to like at its top.</summary>
internal sealed class LikedPosts(UnseenRecords records, ServiceLookup lookup)
{
    /// <summary>As many as one look-up takes.</summary>
    private const int MaxPosts = 25;

    private static readonly Nsid GetPosts = Nsid.Parse("app.bsky.feed.getPosts");

    /// <exception cref="UnexpectedAnswerException">That is no page of a feed.</exception>
    public async Task CompleteAsync(JsonObject answer, Unseen unseen, bool isFirstPage, CancellationToken ct)
    {
        var feed = answer.List("feed");
        foreach (var item in feed.Objects())
            if (item.Object("post")["viewer"] is JsonObject viewer && await records.AreGoneAsync(unseen, viewer.OptionalText("like"), ct)) feed.Remove(item);

        if (!isFirstPage) return;
        var shown = feed.Objects().Select(item => item.Object("post").Text("uri")).ToHashSet();
        var missing = unseen.Liked.Where(uri => !shown.Contains(uri)).Take(MaxPosts).ToList();
        if (missing.Count == 0) return;

        var query = string.Join('&', missing.Select(uri => $"uris={Uri.EscapeDataString(uri)}"));
        if ((await lookup.AskAsync(unseen, GetPosts, query, ct))?["posts"] is not JsonArray posts) return;
        foreach (var post in posts.Objects().OrderByDescending(post => missing.IndexOf(post.Text("uri")))) feed.Insert(0, new JsonObject { ["post"] = post.DeepClone() });
    }
}
