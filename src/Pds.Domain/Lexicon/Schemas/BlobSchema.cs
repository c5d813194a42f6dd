using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>blob</c>: which MIME types (<c>image/png</c>, <c>image/*</c>, <c>*/*</c>) and up to which size in bytes.</summary>
public sealed record BlobSchema(IReadOnlyList<string>? Accept, long? MaxSize) : LexiconSchema
{
    private const string AnyType = "*/*";

    internal static BlobSchema Read(LexiconNode node) => new(node.OptionalTexts("accept"), node.OptionalInteger("maxSize"));

    public bool Accepts(string mimeType)
    {
        if (Accept is null) return true;
        foreach (var pattern in Accept)
        {
            if (pattern == AnyType || pattern == mimeType) return true;
            if (pattern.EndsWith("/*", StringComparison.Ordinal) && mimeType.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1))) return true;
        }

        return false;
    }

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (!BlobRef.TryRead(value, out var blob)) return ValidationIssue.WrongType(value, "blob");
        if (!Accepts(blob.MimeType))
            return ValidationIssue.WrongValue(new LexString(blob.MimeType), [.. Accept!.Select(pattern => new LexString(pattern))]).At("mimeType");
        return blob.Size > MaxSize ? ValidationIssue.TooBig("blob", MaxSize.Value, blob.Size) : null;
    }
}
