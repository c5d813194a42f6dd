using System.Text.Json.Nodes;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Views of posts, <c>app.bsky.feed.defs#postView</c>: made of what is unseen, and completed with whether the caller likes and reposts them.</summary>
internal sealed class PostViews(UnseenRecords records, ProfileViews profiles, EmbedViews embeds)
{
    public const string Type = "app.bsky.feed.defs#postView";

    /// <summary>A post that nobody has seen yet, so nobody can have answered it.</summary>
    public async Task<JsonObject> OfAsync(UnseenRecord post, Unseen unseen, CancellationToken ct)
    {
        var view = new JsonObject
        {
            ["uri"] = post.Uri.ToString(),
            ["cid"] = post.Cid.ToString(),
            ["author"] = await profiles.AuthorAsync(unseen, ct),
            ["record"] = JsonNode.Parse(DagJson.ToText(post.Value)),
            ["replyCount"] = 0L,
            ["repostCount"] = 0L,
            ["likeCount"] = 0L,
            ["quoteCount"] = 0L,
            ["indexedAt"] = AtDatetime.Of(post.WrittenAt).Value,
        };
        if (post.Value.Object("embed") is { } embed && await embeds.OfAsync(embed, unseen, ct) is { } embedded) view["embed"] = embedded;
        await CompleteStateAsync(view, unseen, ct);
        return view;
    }

    public async Task CompleteAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        await profiles.CompleteBasicAsync(view.Object("author"), unseen, ct);
        await CompleteStateAsync(view, unseen, ct);
    }

    private async ValueTask CompleteStateAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        var uri = view.Text("uri");
        await CompleteAsync(view, "like", "likeCount", unseen.LikeOf(uri), unseen, ct);
        await CompleteAsync(view, "repost", "repostCount", unseen.RepostOf(uri), unseen, ct);
    }

    private async ValueTask CompleteAsync(JsonObject view, string state, string count, string? record, Unseen unseen, CancellationToken ct)
    {
        if (view["viewer"] is JsonObject viewer && await records.AreGoneAsync(unseen, viewer.OptionalText(state), ct))
        {
            viewer.Remove(state);
            view.Count(count, -1);
        }

        if (record is null || (view["viewer"] as JsonObject)?.OptionalText(state) is not null) return;
        view.Viewer()[state] = record;
        view.Count(count, 1);
    }
}
