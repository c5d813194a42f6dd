using System.Net;
using System.Text.RegularExpressions;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>What a moderator wrote, as a page and as text.</summary>
/// <remarks>
/// The official server sends it as HTML, and moderation tools write HTML. It is written anew here from a short list of tags, each closed again, without
/// attributes but the addresses of links: it cannot leave its place in the page, load anything or run anything.
/// </remarks>
internal sealed partial class RichText
{
    private RichText(string html, string text) => (Html, Text) = (html, text);

    public string Html { get; }

    public string Text { get; }

    /// <summary>Reads HTML; where there is no tag in it, text whose line breaks count.</summary>
    public static RichText Parse(string content)
    {
        var writer = new RichTextWriter();
        var read = 0;
        string? skipped = null; // the element whose contents nobody is to read
        var tags = Tag.Matches(content);
        foreach (Match tag in tags)
        {
            if (skipped is null) writer.Write(WebUtility.HtmlDecode(content[read..tag.Index]));
            read = tag.Index + tag.Length;

            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var isEnd = tag.Groups["end"].Length > 0;
            if (skipped is not null) skipped = isEnd && name == skipped ? null : skipped;
            else if (name is "script" or "style" or "title" && !isEnd) skipped = name;
            else if (isEnd) writer.End(name);
            else writer.Start(name, name == "a" ? LinkIn(tag.Groups["attributes"].Value) : null);
        }

        if (skipped is null) writer.Write(WebUtility.HtmlDecode(content[read..]), areBreaksKept: tags.Count == 0);
        var (html, text) = writer.Finish();
        return new RichText(html, text);
    }

    private static Uri? LinkIn(string attributes) =>
        Uri.TryCreate(WebUtility.HtmlDecode(Href.Match(attributes).Groups["url"].Value).Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "mailto"
            ? url
            : null;

    // Without backtracking, since it reads what somebody sends. Comments and declarations are tags without a name.
    [GeneratedRegex("""<!--(?:[^-]|-[^-]|--+[^->])*-*-->|<[!?][^>]*>|<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""", RegexOptions.NonBacktracking)]
    private static partial Regex Tag { get; }

    [GeneratedRegex("""(?:^|\s)href\s*=\s*(?:"(?<url>[^"]*)"|'(?<url>[^']*)'|(?<url>[^\s"'>]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex Href { get; }
}
