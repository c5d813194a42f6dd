using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pds.TestKit.Mail;

/// <summary>A message, read back as a mail program reads it.</summary>
/// <param name="Headers">Unfolded, and encoded words decoded.</param>
/// <param name="Text">The first alternative.</param>
/// <param name="Html">The second.</param>
public sealed partial record ParsedMail(IReadOnlyDictionary<string, string> Headers, string Text, string Html)
{
    /// <param name="content">Each byte a character.</param>
    public static ParsedMail Parse(string content)
    {
        var (headers, body) = Split(content);
        var boundary = Boundary.Match(headers["Content-Type"]).Groups[1].Value;
        string[] parts = body.Split($"--{boundary}");
        if (parts.Length != 4 || parts[0].Length > 0 || parts[3] != "--\r\n") throw new FormatException("There are not two alternatives");
        return new ParsedMail(headers, Part(parts[1], "text/plain"), Part(parts[2], "text/html"));
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string content)
    {
        var end = content.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] lines = content[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");
        return (lines.ToDictionary(line => line.Split(':')[0], line => Decoded(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())), content[(end + 4)..]);
    }

    private static string Decoded(string header) => EncodedWord.Replace(
        Between.Replace(header, "?==?"), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    private static string Part(string part, string type)
    {
        var (headers, body) = Split(part.TrimStart());
        if (headers["Content-Type"] != $"{type}; charset=utf-8" || headers["Content-Transfer-Encoding"] != "quoted-printable") throw new FormatException($"That is not {type}");
        var bytes = SoftBreak.Replace(body, "");
        bytes = Octet.Replace(bytes, octet => ((char)int.Parse(octet.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes)).ReplaceLineEndings("\n").TrimEnd('\n');
    }

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex Boundary { get; }

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex EncodedWord { get; }

    /// <summary>Blanks between two encoded words are not part of the text.</summary>
    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between { get; }

    [GeneratedRegex("=\r\n")]
    private static partial Regex SoftBreak { get; }

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Octet { get; }
}
