using System.Text.Json.Nodes;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Views of accounts, <c>app.bsky.actor.defs#profileView…</c>: the caller's own as his profile is now, anybody else's with whether he follows them.</summary>
internal sealed class ProfileViews(UnseenRecords records, ImageUrls images)
{
    private const string InvalidHandle = "handle.invalid";

    /// <summary>The caller as the author of what nobody has seen yet.</summary>
    public async ValueTask<JsonObject> AuthorAsync(Unseen unseen, CancellationToken ct)
    {
        var author = new JsonObject { ["did"] = unseen.Did.Value, ["handle"] = unseen.Account.Handle?.Value ?? InvalidHandle };
        if (await records.FindProfileAsync(unseen.Did, ct) is { } profile) PutBasics(author, unseen.Did, profile);
        return author;
    }

    /// <summary>Completes the view that shows the least: of the author of a post.</summary>
    public async ValueTask CompleteBasicAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        if (view.Text("did") != unseen.Did.Value) await CompleteFollowAsync(view, unseen, ct);
        else if (await FindUnseenProfileAsync(unseen, ct) is { } profile) PutBasics(view, unseen.Did, profile);
    }

    /// <summary>Completes the view that shows all.</summary>
    public async ValueTask CompleteDetailedAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        await CompleteBasicAsync(view, unseen, ct);
        if (view.Text("did") != unseen.Did.Value || await FindUnseenProfileAsync(unseen, ct) is not { } profile) return;

        view.Put("description", profile.Text("description"));
        view.Put("website", profile.Text("website"));
        view.Put("banner", images.Of("banner", unseen.Did, profile["banner"]));
        view.Put("pinnedPost", profile.Object("pinnedPost") is { } pinned ? JsonNode.Parse(DagJson.ToText(pinned)) : null);
    }

    private void PutBasics(JsonObject view, Did did, LexObject profile)
    {
        view.Put("displayName", profile.Text("displayName"));
        view.Put("pronouns", profile.Text("pronouns"));
        view.Put("avatar", images.Of("avatar", did, profile["avatar"]));
    }

    private async ValueTask CompleteFollowAsync(JsonObject view, Unseen unseen, CancellationToken ct)
    {
        if (view["viewer"] is JsonObject viewer && await records.AreGoneAsync(unseen, viewer.OptionalText("following"), ct)) viewer.Remove("following");
        if (Did.TryParse(view.Text("did"), out var did) && unseen.FollowOf(did) is { } follow) view.Viewer()["following"] = follow;
    }

    /// <summary>The caller's profile as the service has not seen it; an empty one where it was deleted; null where the service has seen it.</summary>
    private async ValueTask<LexObject?> FindUnseenProfileAsync(Unseen unseen, CancellationToken ct) =>
        unseen.HasProfile ? await records.FindProfileAsync(unseen.Did, ct)
        : await records.AreGoneAsync(unseen, $"at://{unseen.Did}/app.bsky.actor.profile/self", ct) ? LexObject.Empty
        : null;
}
