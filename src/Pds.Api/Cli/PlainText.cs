using System.Globalization;
using System.Text;

namespace Pds.Api.Cli;

/// <summary>Text as a terminal may have it: what users or other servers chose must not steer it. Control characters, and invisible ones such as those that turn the direction, become �.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text as one line.</summary>
    public static string Of(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsPlain(rune) ? rune.ToString() : Replacement.ToString()));

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
