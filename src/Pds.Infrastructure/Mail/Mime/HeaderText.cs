using System.Text;
using Pds.Application.Mail;

namespace Pds.Infrastructure.Mail.Mime;

/// <summary>Text in headers: one line of it whatever was given, encoded where it is more than short ASCII (RFC 2047).</summary>
internal static class HeaderText
{
    private const int MaxPlainLength = 60;

    // As base64 and with what is around it, one encoded word and a header's name fit into 76 characters.
    private const int MaxWordBytes = 39;

    /// <summary>Control characters and line breaks of every kind become single blanks; what is no character becomes U+FFFD.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = Rune.IsControl(rune) || Rune.IsWhiteSpace(rune);
            if (!isBlank) line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A subject.</summary>
    public static string Unstructured(string text) => OneLine(text) is var line && IsPlain(line) ? line : EncodedWords(line);

    /// <summary>A mailbox, such as <c>"Example" &lt;noreply@example.com&gt;</c>.</summary>
    public static string Of(Mailbox mailbox)
    {
        if (mailbox.Name is not { } name || OneLine(name) is not { Length: > 0 } line) return mailbox.Address;
        return IsPlain(line)
            ? $"\"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{mailbox.Address}>"
            : $"{EncodedWords(line)}\r\n <{mailbox.Address}>";
    }

    private static bool IsPlain(string line) => line.Length <= MaxPlainLength && Ascii.IsValid(line) && !line.Contains("=?", StringComparison.Ordinal);

    private static string EncodedWords(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes()) // a character is never cut in two
        {
            if (bytes + rune.Utf8SequenceLength > MaxWordBytes)
            {
                words.Add(EncodedWord(word));
                word.Clear();
                bytes = 0;
            }

            word.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        return string.Join("\r\n ", [.. words, EncodedWord(word)]);
    }

    private static string EncodedWord(StringBuilder text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString()))}?=";
}
