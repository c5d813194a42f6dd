using System.Text.RegularExpressions;

namespace Pds.Application.Moderation.Reports;

/// <summary>What a report accuses of: a token of a lexicon, such as <c>com.atproto.moderation.defs#reasonSpam</c>. The lexicon knows some and leaves the set open.</summary>
internal static partial class ReasonType
{
    public const int MaxLength = 400;

    private static readonly string[] Appeals = ["com.atproto.moderation.defs#reasonAppeal", "tools.ozone.report.defs#reasonAppeal"];

    /// <summary>Whether it has a token's form.</summary>
    public static bool IsToken(string text) => text.Length <= MaxLength && Token.IsMatch(text);

    /// <summary>Whether somebody asks to have a decision about themselves looked at again.</summary>
    public static bool IsAppeal(string text) => Appeals.Contains(text, StringComparer.Ordinal);

    [GeneratedRegex(@"^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+#[a-zA-Z][a-zA-Z0-9]*\z")]
    private static partial Regex Token { get; }
}
