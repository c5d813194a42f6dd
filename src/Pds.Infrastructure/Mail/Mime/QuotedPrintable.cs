using System.Globalization;
using System.Text;

namespace Pds.Infrastructure.Mail.Mime;

/// <summary>Text as short lines of ASCII that every mail server passes on unchanged (RFC 2045 section 6.7).</summary>
internal static class QuotedPrintable
{
    private const int MaxLineLength = 76;

    /// <returns>Lines that end with CR LF, the last one too.</returns>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length * 2);
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) EncodeLine(line, encoded);
        return encoded.ToString();
    }

    private static void EncodeLine(string line, StringBuilder encoded)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isLast = i == bytes.Length - 1;
            var octet = Octet(bytes[i], isLast);
            if (length + octet.Length > MaxLineLength - (isLast ? 0 : 1)) // room for the '=' that joins the lines again
            {
                encoded.Append("=\r\n");
                length = 0;
            }

            encoded.Append(octet);
            length += octet.Length;
        }

        encoded.Append("\r\n");
    }

    /// <summary>A blank at the end of a line may get lost on the way, so it is encoded there.</summary>
    private static string Octet(byte octet, bool isLast) => octet switch
    {
        (byte)'=' => "=3D",
        > 32 and < 127 => ((char)octet).ToString(),
        (byte)' ' or (byte)'\t' when !isLast => ((char)octet).ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"={octet:X2}"),
    };
}
