using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>Reads an operation's fields; whatever is missing or of another kind is a <see cref="PlcException"/>.</summary>
internal static class PlcFields
{
    public static string RequireText(this LexObject map, string key) =>
        map.Text(key) ?? throw PlcException.NotAnOperation($"{key} must be text");

    public static LexObject RequireObject(this LexObject map, string key) =>
        map.Object(key) ?? throw PlcException.NotAnOperation($"{key} must be an object");

    public static string[] RequireTexts(this LexObject map, string key) =>
        map[key] is LexArray list && list.Items.All(item => item is LexString)
            ? [.. list.Items.Select(item => ((LexString)item).Value)]
            : throw PlcException.NotAnOperation($"{key} must be a list of text");

    /// <summary>The operation before; null where the field says so, which it must.</summary>
    public static Cid? RequirePrev(this LexObject map) => map["prev"] switch
    {
        LexNull => null,
        LexString text when Cid.TryParse(text.Value, out var cid) => cid,
        _ => throw PlcException.NotAnOperation("prev must be a CID or null"),
    };

    public static LexArray List(IEnumerable<string> texts) => new([.. texts.Select(text => new LexString(text))]);

    public static LexObject Map(IEnumerable<KeyValuePair<string, LexValue>> fields) => new(new Dictionary<string, LexValue>(fields));
}
