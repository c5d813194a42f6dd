using System.Buffers;
using System.Globalization;
using System.Text;
using Pds.Domain.Data;

namespace Pds.Domain.Lexicon;

/// <summary>Writes a value short enough for a message: the start of a text, the first two parts of a list or map.</summary>
internal static class Preview
{
    private const int MaxTextLength = 256;
    private const int MaxParts = 2;

    public static string Of(LexValue? value) => value switch
    {
        null => "undefined",
        LexNull => "null",
        LexBoolean boolean => boolean.Value ? "true" : "false",
        LexInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        LexString text => Of(text.Value),
        LexLink => "cid",
        LexArray array => $"[{Join(array.Items.Count, array.Items.Take(MaxParts).Select(Of))}]",
        LexObject map => $"{{{Join(map.Count, map.Fields.Take(MaxParts).Select(field => $"{Quote(field.Key)}: ..."))}}}",
        _ => "object",
    };

    public static string Of(string text) => Quote(text.Length < MaxTextLength ? text : $"{text.AsSpan(0, MaxTextLength - 1)}…");

    private static string Join(int count, IEnumerable<string> parts) => string.Join(", ", parts) + (count > MaxParts ? ", ..." : "");

    /// <summary>As JavaScript quotes: half a surrogate pair, which cutting a text can leave, is escaped because UTF-8 cannot carry it.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var isRune = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            _ = rest[0] switch
            {
                '"' or '\\' => quoted.Append('\\').Append(rest[0]),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                _ when !isRune || rune.Value < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)rest[0]:x4}"),
                _ => quoted.Append(rest[..length]),
            };
            rest = rest[length..];
        }

        return quoted.Append('"').ToString();
    }
}
