using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Data;

/// <summary>How a record mentions a blob: its link, its MIME type, its size in bytes.</summary>
/// <remarks>https://atproto.com/specs/data-model#blob-type</remarks>
public sealed record BlobRef(Cid Ref, string MimeType, long Size)
{
    public const string Type = "blob";

    public LexObject ToLex() => new(new Dictionary<string, LexValue>
    {
        [LexObject.TypeKey] = new LexString(Type),
        ["ref"] = new LexLink(Ref),
        ["mimeType"] = new LexString(MimeType),
        ["size"] = new LexInteger(Size),
    });

    /// <summary>Whether a map is a blob reference of the present form: <c>$type</c> is <c>blob</c>, the rest is as it must be, and there is nothing else.</summary>
    public static bool TryRead(LexValue value, [MaybeNullWhen(false)] out BlobRef blob)
    {
        blob = value is LexObject { Type: Type, Count: 4 } map
            && map["ref"] is LexLink link
            && map["mimeType"] is LexString mimeType && mimeType.Value.Contains('/', StringComparison.Ordinal)
            && map["size"] is LexInteger { Value: >= 0 } size
                ? new BlobRef(link.Value, mimeType.Value, size.Value)
                : null;
        return blob is not null;
    }

    /// <summary>Whether a map is a reference of the form used before 2023: just <c>cid</c> and <c>mimeType</c>, without <c>$type</c>.</summary>
    public static bool IsLegacy(LexValue value) =>
        value is LexObject { Count: 2 } map && map["cid"] is LexString cid && Cid.TryParse(cid.Value, out _) && map["mimeType"] is LexString;

    /// <summary>Every blob that a value mentions, however deep, in the order found.</summary>
    public static IEnumerable<BlobRef> In(LexValue value)
    {
        if (TryRead(value, out var blob)) return [blob];
        return value switch
        {
            LexObject map => map.Fields.SelectMany(field => In(field.Value)),
            LexArray array => array.Items.SelectMany(In),
            _ => [],
        };
    }
}
