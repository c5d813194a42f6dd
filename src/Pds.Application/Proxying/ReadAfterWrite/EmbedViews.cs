using System.Text.Json.Nodes;
using Pds.Domain.Data;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Views of what a post bears: pictures, a link, another record. A film has none before the AppView's video service has cut it up.</summary>
internal sealed class EmbedViews(ImageUrls images, QuoteViews quotes)
{
    private const string Images = "app.bsky.embed.images";
    private const string Gallery = "app.bsky.embed.gallery";
    private const string External = "app.bsky.embed.external";
    private const string Record = "app.bsky.embed.record";
    private const string RecordWithMedia = "app.bsky.embed.recordWithMedia";

    /// <summary>Null for what has no view, or is not what its lexicon says.</summary>
    public async Task<JsonObject?> OfAsync(LexObject embed, Unseen unseen, CancellationToken ct) => embed.Type switch
    {
        Record => await OfRecordAsync(embed, unseen, ct),
        RecordWithMedia => await OfBothAsync(embed, unseen, ct),
        _ => OfMedia(embed, unseen),
    };

    private JsonObject? OfMedia(LexObject media, Unseen unseen) => media.Type switch
    {
        Images => OfImages(media, unseen),
        Gallery => OfGallery(media, unseen),
        External => OfExternal(media, unseen),
        _ => null,
    };

    private JsonObject OfImages(LexObject embed, Unseen unseen) => View(Images, new JsonObject
    {
        ["images"] = ListOf(embed["images"], image => new JsonObject
        {
            ["thumb"] = images.Of("feed_thumbnail", unseen.Did, image["image"]),
            ["fullsize"] = images.Of("feed_fullsize", unseen.Did, image["image"]),
        }),
    });

    private JsonObject OfGallery(LexObject embed, Unseen unseen) => View(Gallery, new JsonObject
    {
        ["items"] = ListOf(embed["items"], image => new JsonObject
        {
            ["$type"] = $"{Gallery}#viewImage",
            ["thumbnail"] = images.Of("feed_thumbnail", unseen.Did, image["image"]),
            ["fullsize"] = images.Of("feed_fullsize", unseen.Did, image["image"]),
        }),
    });

    private JsonObject? OfExternal(LexObject embed, Unseen unseen)
    {
        if (embed.Object("external") is not { } external) return null;

        var view = new JsonObject { ["uri"] = external.Text("uri"), ["title"] = external.Text("title"), ["description"] = external.Text("description") };
        view.Put("thumb", images.Of("feed_thumbnail", unseen.Did, external["thumb"]));
        return View(External, new JsonObject { ["external"] = view });
    }

    private async Task<JsonObject?> OfRecordAsync(LexObject embed, Unseen unseen, CancellationToken ct) =>
        embed.Object("record")?.Text("uri") is { } uri && await quotes.OfAsync(uri, unseen, ct) is { } record ? View(Record, new JsonObject { ["record"] = record }) : null;

    private async Task<JsonObject?> OfBothAsync(LexObject embed, Unseen unseen, CancellationToken ct)
    {
        if (embed.Object("media") is not { } media || OfMedia(media, unseen) is not { } seen) return null;
        if (embed.Object("record") is not { } quoting || await OfRecordAsync(quoting, unseen, ct) is not { } record) return null;
        return View(RecordWithMedia, new JsonObject { ["record"] = record, ["media"] = seen });
    }

    private static JsonArray ListOf(LexValue? list, Func<LexObject, JsonObject> viewOf)
    {
        var views = new JsonArray();
        foreach (var image in (list as LexArray)?.Items.OfType<LexObject>() ?? [])
        {
            var view = viewOf(image);
            view["alt"] = image.Text("alt") ?? "";
            view.Put("aspectRatio", image.Object("aspectRatio") is { } ratio ? JsonNode.Parse(DagJson.ToText(ratio)) : null);
            views.Add(view);
        }

        return views;
    }

    private static JsonObject View(string embed, JsonObject view)
    {
        view.Insert(0, "$type", $"{embed}#view");
        return view;
    }
}
