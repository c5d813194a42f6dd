using System.Text.Json.Nodes;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Pages of feeds, lists of <c>app.bsky.feed.defs#feedViewPost</c>, the newest first.</summary>
internal sealed class FeedViews(UnseenRecords records, PostViews posts)
{
    private const string Repost = "app.bsky.feed.defs#reasonRepost";
    private const string Pin = "app.bsky.feed.defs#reasonPin";

    /// <summary>How many posts are put into one page.</summary>
    private const int MaxPosts = 25;

    /// <exception cref="UnexpectedAnswerException">That is no page of a feed.</exception>
    public async Task CompleteAsync(JsonObject answer, Unseen unseen, FeedPage page, CancellationToken ct)
    {
        var feed = answer.List("feed");
        foreach (var item in feed.Objects())
        {
            if (await AreGoneAsync(item, unseen, ct)) feed.Remove(item);
            else await CompleteAsync(item, unseen, ct);
        }

        var places = feed.Objects().Select(PlaceOf).ToList();
        var newest = page.IsFirst ? DateTimeOffset.MaxValue : places.Find(place => place is not null) ?? DateTimeOffset.MinValue;
        var oldest = places.FindLast(place => place is not null) ?? DateTimeOffset.MinValue;
        var shown = feed.Objects().Select(item => item.Object("post").Text("uri")).ToHashSet();
        foreach (var post in page.Posts.Where(post => post.WrittenAt > oldest && post.WrittenAt < newest && !shown.Contains(post.Uri.ToString())).Take(MaxPosts))
        {
            var index = places.FindIndex(place => place < post.WrittenAt);
            if (index < 0) index = places.Count;
            feed.Insert(index, new JsonObject { ["post"] = await posts.OfAsync(post, unseen, ct) });
            places.Insert(index, post.WrittenAt);
        }
    }

    /// <summary>Whether the post, or the repost that it is there for, was deleted.</summary>
    private async ValueTask<bool> AreGoneAsync(JsonObject item, Unseen unseen, CancellationToken ct) =>
        await records.AreGoneAsync(unseen, item.Object("post").Text("uri"), ct)
        || (item["reason"] is JsonObject reason && reason.Is(Repost) && await records.AreGoneAsync(unseen, reason.OptionalText("uri"), ct));

    private async Task CompleteAsync(JsonObject item, Unseen unseen, CancellationToken ct)
    {
        await posts.CompleteAsync(item.Object("post"), unseen, ct);
        if (item["reply"] is not JsonObject reply) return;
        foreach (var name in new[] { "root", "parent" })
            if (reply[name] is JsonObject view && view.Is(PostViews.Type)) await posts.CompleteAsync(view, unseen, ct);
    }

    /// <summary>When it took its place in the feed; null for what is pinned above all.</summary>
    private static DateTimeOffset? PlaceOf(JsonObject item)
    {
        if (item["reason"] is not JsonObject reason) return item.Object("post").Moment("indexedAt");
        return reason.Is(Pin) ? null : reason.Is(Repost) ? reason.Moment("indexedAt") : item.Object("post").Moment("indexedAt");
    }
}
