using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Feed.Authors;

/// <summary>Which of an author's posts a feed of them shows, by the names that the lexicon has for it.</summary>
internal static class AuthorFilter
{
    public const string WithReplies = "posts_with_replies";

    /// <summary>A filter that nobody here knows shows all: the AppView may know it, and a post that is there too soon is better than one that seems lost.</summary>
    public static bool Shows(string filter, UnseenRecord post) => filter switch
    {
        "posts_no_replies" => post.Value.Object("reply") is null,
        "posts_and_author_threads" => post.Value.Object("reply") is not { } reply || (IsOwn(reply, "root", post) && IsOwn(reply, "parent", post)),
        "posts_with_media" => MediaOf(post) is "app.bsky.embed.images" or "app.bsky.embed.gallery" or "app.bsky.embed.video",
        "posts_with_video" => MediaOf(post) is "app.bsky.embed.video",
        _ => true,
    };

    private static bool IsOwn(LexObject reply, string to, UnseenRecord post) => AtUri.TryParse(reply.Object(to)?.Text("uri"), out var uri) && uri.Authority == post.Uri.Authority;

    private static string? MediaOf(UnseenRecord post) => post.Value.Object("embed") is not { } embed ? null : (embed.Object("media") ?? embed).Type;
}
