using System.Text.Json.Nodes;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Views of records that a post quotes: the AppView has them, unless the caller has just written one himself.</summary>
internal sealed class QuoteViews(ServiceLookup lookup, ProfileViews profiles)
{
    private const string Embed = "app.bsky.embed.record";

    private static readonly Nsid GetPosts = Nsid.Parse("app.bsky.feed.getPosts");
    private static readonly Nsid GetFeedGenerator = Nsid.Parse("app.bsky.feed.getFeedGenerator");
    private static readonly Nsid GetList = Nsid.Parse("app.bsky.graph.getList");

    /// <summary>Null where it cannot be said what is quoted; a view that says so where there is nothing.</summary>
    public async Task<JsonObject?> OfAsync(string quoted, Unseen unseen, CancellationToken ct)
    {
        if (unseen.FindPost(quoted) is { } own) return Own(own, await profiles.AuthorAsync(unseen, ct));

        var encoded = Uri.EscapeDataString(quoted);
        return (AtUri.TryParse(quoted, out var parsed) ? parsed.Collection?.Value : null) switch
        {
            "app.bsky.feed.post" => await lookup.AskAsync(unseen, GetPosts, $"uris={encoded}", ct) is { } answer ? PostIn(answer, quoted) : null,
            "app.bsky.feed.generator" => Typed("app.bsky.feed.defs#generatorView", await lookup.AskAsync(unseen, GetFeedGenerator, $"feed={encoded}", ct), "view"),
            "app.bsky.graph.list" => Typed("app.bsky.graph.defs#listView", await lookup.AskAsync(unseen, GetList, $"list={encoded}&limit=1", ct), "list"),
            _ => NotFound(quoted),
        };
    }

    private static JsonObject Own(UnseenRecord post, JsonObject author) => new()
    {
        ["$type"] = $"{Embed}#viewRecord",
        ["uri"] = post.Uri.ToString(),
        ["cid"] = post.Cid.ToString(),
        ["author"] = author,
        ["value"] = JsonNode.Parse(DagJson.ToText(post.Value)),
        ["indexedAt"] = AtDatetime.Of(post.WrittenAt).Value,
    };

    private static JsonObject PostIn(JsonObject answer, string quoted)
    {
        if (answer["posts"] is not JsonArray { Count: > 0 } posts || posts[0] is not JsonObject post) return NotFound(quoted);

        var view = new JsonObject { ["$type"] = $"{Embed}#viewRecord" };
        foreach (var name in new[] { "uri", "cid", "author", "labels", "indexedAt" }) view.Put(name, post[name]?.DeepClone());
        view.Put("value", post["record"]?.DeepClone());
        if (post["embed"] is { } embed) view["embeds"] = new JsonArray(embed.DeepClone());
        return view;
    }

    private static JsonObject? Typed(string type, JsonObject? answer, string name)
    {
        if (answer?[name]?.DeepClone() is not JsonObject view) return null;
        view["$type"] = type;
        return view;
    }

    private static JsonObject NotFound(string quoted) => new() { ["$type"] = $"{Embed}#viewNotFound", ["uri"] = quoted, ["notFound"] = true };
}
