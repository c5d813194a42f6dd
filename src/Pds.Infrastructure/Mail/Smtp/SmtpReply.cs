using System.Globalization;

namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>What a server answers: a code, and text for people in one or more lines (RFC 5321 section 4.2).</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int CodeLength = 3;
    private const int MaxShown = 500;

    /// <summary>Done.</summary>
    public bool IsPositive => Code / 100 == 2;

    /// <summary>Not now, and not later either.</summary>
    public bool IsPermanent => Code / 100 == 5;

    /// <summary>Reads one line of a reply: its code, its text, and whether more follow.</summary>
    public static (int Code, string Text, bool IsLast)? ParseLine(string line)
    {
        if (line.Length < CodeLength || !int.TryParse(line.AsSpan(0, CodeLength), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return null;
        if (code is < 200 or > 599) return null;
        return line.Length == CodeLength ? (code, "", true)
            : line[CodeLength] is ' ' or '-' ? (code, line[(CodeLength + 1)..], line[CodeLength] == ' ')
            : null;
    }

    /// <summary>For the log: one line of bounded length.</summary>
    /// <param name="mask">Takes secrets out, before anything is cut in two.</param>
    public string Describe(Func<string, string> mask)
    {
        var text = mask($"{Code} {string.Join(' ', Lines)}");
        return string.Concat(text.Take(MaxShown).Select(c => char.IsControl(c) ? '?' : c)).TrimEnd();
    }
}
