using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>What a like, repost, follow or block points at: of these one for a subject is enough.</summary>
internal static class RecordSubject
{
    /// <summary>Whether the record's field names a record, or else an account.</summary>
    private static readonly Dictionary<string, bool> IsRecord = new()
    {
        ["app.bsky.feed.like"] = true,
        ["app.bsky.feed.repost"] = true,
        ["app.bsky.graph.follow"] = false,
        ["app.bsky.graph.block"] = false,
    };

    /// <summary>Null for a record of any other kind.</summary>
    public static string? Of(Nsid collection, LexObject record) =>
        !IsRecord.TryGetValue(collection.Value, out var isRecord) ? null
        : isRecord ? record.Object("subject")?.Text("uri")
        : record.Text("subject");
}
