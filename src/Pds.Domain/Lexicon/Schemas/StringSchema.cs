using System.Globalization;
using System.Text;
using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>string</c>. Lengths are bytes of UTF-8; graphemes are what a reader sees as one character. <see cref="KnownValues"/> bind nobody.</summary>
public sealed record StringSchema : LexiconSchema
{
    /// <summary>A UTF-16 code unit takes at most three bytes of UTF-8.</summary>
    private const int MaxBytesPerChar = 3;

    public StringFormat? Format { get; private init; }

    public long? MinLength { get; private init; }

    public long? MaxLength { get; private init; }

    public long? MinGraphemes { get; private init; }

    public long? MaxGraphemes { get; private init; }

    public IReadOnlyList<string>? Enum { get; private init; }

    public IReadOnlyList<string>? KnownValues { get; private init; }

    public string? Const { get; private init; }

    public string? Default { get; private init; }

    internal static StringSchema Read(LexiconNode node) => new()
    {
        Format = node.OptionalText("format") is { } name ? StringFormat.Find(name) ?? throw node.Error($"\"{name}\" is not a string format") : null,
        MinLength = node.OptionalInteger("minLength"),
        MaxLength = node.OptionalInteger("maxLength"),
        MinGraphemes = node.OptionalInteger("minGraphemes"),
        MaxGraphemes = node.OptionalInteger("maxGraphemes"),
        Enum = node.OptionalTexts("enum"),
        KnownValues = node.OptionalTexts("knownValues"),
        Const = node.OptionalText("const"),
        Default = node.OptionalText("default"),
    };

    internal override LexValue? Absent => Default is { } value ? new LexString(value) : null;

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        var text = (value as LexString)?.Value;
        if (Const is not null) return text == Const ? null : ValidationIssue.WrongValue(value, new LexString(Const));
        if (Enum is not null)
            return text is not null && Enum.Contains(text) ? null : ValidationIssue.WrongValue(value, [.. Enum.Select(choice => new LexString(choice))]);

        if (text is null) return ValidationIssue.WrongType(value, "string");
        if ((CheckLength(text) ?? CheckGraphemes(text)) is { } issue) return issue;
        return Format is null || Format.Accepts(text) ? null : ValidationIssue.WrongFormat(Format, text);
    }

    private ValidationIssue? CheckLength(string text)
    {
        var mayBeShort = text.Length < MinLength;
        var mayBeLong = (long)text.Length * MaxBytesPerChar > MaxLength;
        if (!mayBeShort && !mayBeLong) return null;

        var length = Encoding.UTF8.GetByteCount(text);
        if (length < MinLength) return ValidationIssue.TooSmall("string", MinLength.Value, length);
        return length > MaxLength ? ValidationIssue.TooBig("string", MaxLength.Value, length) : null;
    }

    private ValidationIssue? CheckGraphemes(string text)
    {
        // A text never has more graphemes than UTF-16 code units: short ones need no counting against the upper bound.
        if (text.Length < MinGraphemes) return ValidationIssue.TooSmall("grapheme", MinGraphemes.Value, text.Length);
        if (MinGraphemes is null && !(text.Length > MaxGraphemes)) return null;

        var graphemes = CountGraphemes(text);
        if (graphemes < MinGraphemes) return ValidationIssue.TooSmall("grapheme", MinGraphemes.Value, graphemes);
        return graphemes > MaxGraphemes ? ValidationIssue.TooBig("grapheme", MaxGraphemes.Value, graphemes) : null;
    }

    private static int CountGraphemes(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; !text.IsEmpty; count++) text = text[StringInfo.GetNextTextElementLength(text)..];
        return count;
    }
}
