using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>Writes a page and its text side by side; every tag it opens is closed.</summary>
internal sealed partial class RichTextWriter
{
    private const int MaxDepth = 50;

    /// <summary>What is passed on, each under the name it has here.</summary>
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["p"] = "p", ["div"] = "p", ["h1"] = "h2", ["h2"] = "h2", ["h3"] = "h3", ["h4"] = "h3", ["h5"] = "h3", ["h6"] = "h3",
        ["ul"] = "ul", ["ol"] = "ol", ["li"] = "li", ["blockquote"] = "blockquote", ["pre"] = "pre",
        ["b"] = "strong", ["strong"] = "strong", ["i"] = "em", ["em"] = "em", ["u"] = "u", ["code"] = "code", ["a"] = "a",
    };

    private static readonly string[] Blocks = ["p", "h2", "h3", "ul", "ol", "li", "blockquote", "pre"];

    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private readonly Stack<(string Tag, Uri? Link)> _open = [];

    public void Write(string text, bool areBreaksKept = false)
    {
        var isAsWritten = areBreaksKept || _open.Any(element => element.Tag == "pre");
        var shown = isAsWritten ? text.ReplaceLineEndings("\n") : Blanks.Replace(text, " ");
        if (!isAsWritten && (_text.Length == 0 || char.IsWhiteSpace(_text[^1]))) shown = shown.TrimStart(' ');
        _text.Append(shown);
        var encoded = WebUtility.HtmlEncode(shown);
        _html.Append(areBreaksKept ? encoded.Replace("\n", "<br>\n", StringComparison.Ordinal) : encoded);
    }

    /// <param name="name">In lower case.</param>
    /// <param name="link">Where an <c>a</c> leads; without it, it is text.</param>
    public void Start(string name, Uri? link)
    {
        if (name is "br" or "hr") Void(name);
        if (!Tags.TryGetValue(name, out var tag) || _open.Count == MaxDepth || (tag == "a" && link is null)) return;

        if (tag == "p" || (tag == "li" && _open.Any(element => element.Tag == "li"))) End(name); // HTML lets these stay open
        if (Blocks.Contains(tag)) Break(tag == "li" ? 1 : 2);
        if (tag == "li") _text.Append("- ");
        _open.Push((tag, link));
        _html.Append(link is null ? $"<{tag}>" : $"<a href=\"{WebUtility.HtmlEncode(link.AbsoluteUri)}\" rel=\"noopener noreferrer\">");
    }

    /// <summary>Ends an element, and what is still open in it. What is not open is not ended.</summary>
    public void End(string name)
    {
        if (!Tags.TryGetValue(name, out var tag) || !_open.Any(element => element.Tag == tag)) return;
        while (Close() != tag)
        {
            // What is inside ends too.
        }
    }

    public (string Html, string Text) Finish()
    {
        while (_open.Count > 0) Close();
        return (_html.ToString(), _text.ToString().Trim());
    }

    private string Close()
    {
        var (tag, link) = _open.Pop();
        if (link is not null) _text.Append($" ({link.AbsoluteUri})");
        _html.Append($"</{tag}>");
        if (Blocks.Contains(tag)) Break(tag == "li" ? 1 : 2);
        return tag;
    }

    private void Void(string name)
    {
        _html.Append($"<{name}>");
        if (name == "br") _text.Append('\n');
        else Break(2);
    }

    /// <summary>Sees to it that so many line breaks stand between what was written and what comes.</summary>
    private void Break(int lines)
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        var present = 0;
        while (present < _text.Length && _text[^(present + 1)] == '\n') present++;
        if (_text.Length > 0 && present < lines) _text.Append('\n', lines - present);
    }

    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex Blanks { get; }
}
