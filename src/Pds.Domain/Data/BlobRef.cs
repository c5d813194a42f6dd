using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Data;

/// <summary>How a record mentions a blob: its link, its MIME type, its size in bytes.</summary>
/// <remarks>https://atproto.com/specs/data-model#blob-type</remarks>
public sealed record BlobRef(Cid Ref, string MimeType, long Size)
{
    public const string Type = "blob";

    /// <summary>What a reference says that was made of one of the old form.</summary>
    private const long UnknownSize = -1;

    public LexObject ToLex() => new(new Dictionary<string, LexValue>
    {
        [LexObject.TypeKey] = new LexString(Type),
        ["ref"] = new LexLink(Ref),
        ["mimeType"] = new LexString(MimeType),
        ["size"] = new LexInteger(Size),
    });

    /// <summary>Whether a map is a blob reference of the present form: <c>$type</c> is <c>blob</c>, the rest is as it must be, and there is nothing else.</summary>
    public static bool TryRead(LexValue value, [MaybeNullWhen(false)] out BlobRef blob) => TryRead(value, leastSize: 0, out blob);

    /// <summary>Whether a map is a reference of the form used before 2023: just <c>cid</c> and <c>mimeType</c>, without <c>$type</c>.</summary>
    public static bool IsLegacy(LexValue value) => TryReadLegacy(value, out _);

    /// <summary>Every blob that a value mentions, however deep, in the order found. Old forms count: records that are years old come from other servers.</summary>
    public static IEnumerable<Cid> CidsIn(LexValue value)
    {
        if (TryRead(value, UnknownSize, out var blob)) return [blob.Ref];
        if (TryReadLegacy(value, out var cid)) return [cid];
        return value switch
        {
            LexObject map => map.Fields.SelectMany(field => CidsIn(field.Value)),
            LexArray array => array.Items.SelectMany(CidsIn),
            _ => [],
        };
    }

    private static bool TryRead(LexValue value, long leastSize, [MaybeNullWhen(false)] out BlobRef blob)
    {
        blob = value is LexObject { Type: Type, Count: 4 } map
            && map["ref"] is LexLink link
            && map["mimeType"] is LexString mimeType && mimeType.Value.Contains('/', StringComparison.Ordinal)
            && map["size"] is LexInteger size && size.Value >= leastSize
                ? new BlobRef(link.Value, mimeType.Value, size.Value)
                : null;
        return blob is not null;
    }

    private static bool TryReadLegacy(LexValue value, out Cid cid)
    {
        cid = default;
        return value is LexObject { Count: 2 } map && map["cid"] is LexString text && Cid.TryParse(text.Value, out cid) && map["mimeType"] is LexString;
    }
}
