using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>Which record keys a record type allows: <c>tid</c>, <c>nsid</c>, <c>any</c>, or one text as <c>literal:self</c>.</summary>
/// <remarks>https://atproto.com/specs/record-key</remarks>
public sealed record RecordKeyRule
{
    private const string LiteralPrefix = "literal:";

    private readonly StringFormat? _format;

    private RecordKeyRule(string text, StringFormat? format, RecordKey? literal) => (Text, _format, Literal) = (text, format, literal);

    /// <summary>The rule as lexicons write it.</summary>
    public string Text { get; }

    /// <summary>The only key allowed, where the rule names one.</summary>
    public RecordKey? Literal { get; }

    /// <summary>The rule a lexicon means, or null where it means none.</summary>
    public static RecordKeyRule? Find(string text) => text switch
    {
        "any" => new RecordKeyRule(text, null, null),
        "tid" => new RecordKeyRule(text, StringFormat.Tid, null),
        "nsid" => new RecordKeyRule(text, StringFormat.Nsid, null),
        _ when text.StartsWith(LiteralPrefix, StringComparison.Ordinal) && RecordKey.TryParse(text[LiteralPrefix.Length..], out var literal) =>
            new RecordKeyRule(text, null, literal),
        _ => null,
    };

    public override string ToString() => Text;

    internal ValidationIssue? Check(RecordKey rkey)
    {
        if (Literal is not null && rkey != Literal) return ValidationIssue.WrongValue(new LexString(rkey.Value), new LexString(Literal.Value));
        return _format is null || _format.Accepts(rkey.Value) ? null : ValidationIssue.WrongFormat(_format, rkey.Value);
    }
}
