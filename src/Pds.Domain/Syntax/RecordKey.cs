using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Syntax;

/// <summary>Names a record within its collection: 1 to 512 of <c>A-Z a-z 0-9 . - _ : ~</c>, but not <c>.</c> or <c>..</c>.</summary>
/// <remarks>https://atproto.com/specs/record-key. Most are TIDs; a profile's is <c>self</c>.</remarks>
public sealed record RecordKey : ISyntax<RecordKey>
{
    public const int MaxLength = 512;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:~");

    private RecordKey(string value) => Value = value;

    public string Value { get; }

    public static RecordKey Of(Tid tid) => new(tid.ToString());

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out RecordKey rkey)
    {
        var valid = text is { Length: >= 1 and <= MaxLength } && text is not ("." or "..") && !text.AsSpan().ContainsAnyExcept(Allowed);
        rkey = valid ? new RecordKey(text!) : null;
        return valid;
    }

    public static RecordKey Parse(string text) => AtSyntax.Parse<RecordKey>(text);

    public override string ToString() => Value;
}
