using System.Text.Json.Nodes;
using Pds.Application.Errors;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>A post with what it answers and what answers it: <c>app.bsky.feed.defs#threadViewPost</c>.</summary>
internal sealed class ThreadViews(UnseenRecords records, PostViews posts, ServiceLookup lookup)
{
    private const string Type = "app.bsky.feed.defs#threadViewPost";
    private const string NotFoundType = "app.bsky.feed.defs#notFoundPost";

    private static readonly Nsid GetPostThread = Nsid.Parse("app.bsky.feed.getPostThread");

    /// <param name="answer">With a thread in it; one of another variant is left as it is.</param>
    /// <param name="unseen">What to put in.</param>
    /// <param name="depth">How many levels of replies were asked for.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="XrpcException">NotFound: the post was deleted.</exception>
    /// <exception cref="UnexpectedAnswerException">That is no thread.</exception>
    public async Task CompleteAsync(JsonObject answer, Unseen unseen, int depth, CancellationToken ct)
    {
        var thread = answer.Object("thread");
        if (!thread.Is(Type)) return;
        if (await AreGoneAsync(thread, unseen, ct)) throw XrpcException.NotFound($"Post not found: {UriOf(thread)}");

        await CompleteAboveAsync(thread, unseen, ct);
        await CompleteBelowAsync(thread, unseen, ct);
        await AddRepliesAsync(thread, unseen, depth, ct);
    }

    /// <summary>The thread of a post that the service does not know at all.</summary>
    /// <param name="post">The caller's.</param>
    /// <param name="unseen">With it.</param>
    /// <param name="depth">How many levels of replies were asked for.</param>
    /// <param name="parentHeight">How many levels of what it answers.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<JsonObject> OfAsync(UnseenRecord post, Unseen unseen, int depth, int parentHeight, CancellationToken ct)
    {
        var thread = await ViewAsync(post, unseen, ct);
        await AddRepliesAsync(thread, unseen, depth, ct);

        var (top, uri) = (thread, ParentOf(post));
        for (; parentHeight > 0 && uri is not null && unseen.FindPost(uri) is { } parent; parentHeight--)
        {
            var above = await ViewAsync(parent, unseen, ct);
            top["parent"] = above;
            (top, uri) = (above, ParentOf(parent));
        }

        if (parentHeight > 0 && uri is not null && await FindAboveAsync(uri, unseen, parentHeight, ct) is { } seen) top["parent"] = seen;
        return new JsonObject { ["thread"] = thread };
    }

    private async Task CompleteAboveAsync(JsonObject thread, Unseen unseen, CancellationToken ct)
    {
        for (var view = thread; view["parent"] is JsonObject parent && parent.Is(Type); view = parent)
        {
            if (await AreGoneAsync(parent, unseen, ct))
            {
                view["parent"] = new JsonObject { ["$type"] = NotFoundType, ["uri"] = UriOf(parent), ["notFound"] = true };
                return;
            }

            await posts.CompleteAsync(parent.Object("post"), unseen, ct);
        }
    }

    private async Task CompleteBelowAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        await posts.CompleteAsync(view.Object("post"), unseen, ct);
        if (view["replies"] is not JsonArray replies) return;

        foreach (var reply in replies.Objects().Where(reply => reply.Is(Type)))
        {
            if (!await AreGoneAsync(reply, unseen, ct))
            {
                await CompleteBelowAsync(reply, unseen, ct);
                continue;
            }

            replies.Remove(reply);
            view.Object("post").Count("replyCount", -1);
        }
    }

    /// <summary>The oldest first, as one may answer another.</summary>
    private async Task AddRepliesAsync(JsonObject thread, Unseen unseen, int depth, CancellationToken ct)
    {
        foreach (var post in unseen.Posts.Reverse())
        {
            if (ParentOf(post) is not { } parent || Find(thread, post.Uri.ToString(), level: 0) is not null || Find(thread, parent, level: 0) is not { } place || place.Level >= depth) continue;

            if (place.View["replies"] is not JsonArray replies) place.View["replies"] = replies = [];
            replies.Insert(0, await ViewAsync(post, unseen, ct));
            place.View.Object("post").Count("replyCount", 1);
        }
    }

    private static (JsonObject View, int Level)? Find(JsonObject view, string wanted, int level)
    {
        if (UriOf(view) == wanted) return (view, level);
        foreach (var reply in (view["replies"] as JsonArray)?.Objects().Where(reply => reply.Is(Type)) ?? [])
            if (Find(reply, wanted, level + 1) is { } found) return found;
        return null;
    }

    private async Task<JsonObject?> FindAboveAsync(string parent, Unseen unseen, int parentHeight, CancellationToken ct)
    {
        var answer = await lookup.AskAsync(unseen, GetPostThread, $"uri={Uri.EscapeDataString(parent)}&depth=0&parentHeight={parentHeight - 1}", ct);
        return answer?["thread"]?.DeepClone() as JsonObject;
    }

    private async Task<JsonObject> ViewAsync(UnseenRecord post, Unseen unseen, CancellationToken ct) => new() { ["$type"] = Type, ["post"] = await posts.OfAsync(post, unseen, ct) };

    private ValueTask<bool> AreGoneAsync(JsonObject view, Unseen unseen, CancellationToken ct) => records.AreGoneAsync(unseen, UriOf(view), ct);

    private static string UriOf(JsonObject view) => view.Object("post").Text("uri");

    private static string? ParentOf(UnseenRecord post) => post.Value.Object("reply")?.Object("parent")?.Text("uri");
}
