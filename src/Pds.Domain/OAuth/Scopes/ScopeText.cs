using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Pds.Domain.OAuth.Scopes;

/// <summary>How scopes are spelled: printable ASCII, and percent-encoding for what has a meaning there. A plus is a plus, in the query too: MIME types have it.</summary>
internal static class ScopeText
{
    /// <summary>What stands after the colon as it is.</summary>
    private static readonly SearchValues<char> PlainPositional =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'():/+,@");

    /// <summary>What stands in the query as it is.</summary>
    private static readonly SearchValues<char> PlainValue = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*:/+,@");

    /// <summary>Whether it is a scope-token of RFC 6749 §3.3.</summary>
    public static bool IsWord(string text)
    {
        foreach (var c in text)
            if (c is < '!' or > '~' or '"' or '\\') return false;
        return true;
    }

    /// <summary>Percent-encoding undone. Everything in a scope is printable ASCII, so other bytes, and a percent sign that encodes nothing, are refused.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
                c = (char)code;
                i += 2;
            }

            if (c is < '!' or > '~') return false;
            plain.Append(c);
        }

        decoded = plain.ToString();
        return true;
    }

    /// <summary>Puts a scope together: a single value of the positional parameter goes after the colon, several go into the query; parameters without values are left out.</summary>
    public static string Print(string resource, (string Name, IEnumerable<string> Values) positional, params ReadOnlySpan<(string Name, IEnumerable<string> Values)> others)
    {
        var text = new StringBuilder(resource);
        var values = positional.Values.ToList();
        if (values is [var single]) Encode(text.Append(':'), single, PlainPositional);

        var separator = '?';
        if (values.Count > 1) AppendAll(text, positional.Name, values, ref separator);
        foreach (var (name, more) in others) AppendAll(text, name, more, ref separator);
        return text.ToString();
    }

    private static void AppendAll(StringBuilder text, string name, IEnumerable<string> values, ref char separator)
    {
        foreach (var value in values)
        {
            Encode(text.Append(separator).Append(name).Append('='), value, PlainValue);
            separator = '&';
        }
    }

    private static void Encode(StringBuilder text, string value, SearchValues<char> plain)
    {
        foreach (var c in value)
        {
            if (plain.Contains(c)) text.Append(c);
            else text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
        }
    }
}
