using System.Text.RegularExpressions;
using CsCheck;
using Pds.Infrastructure.Mail.Letters;

namespace Pds.Infrastructure.Tests.Mail.Letters;

public sealed partial class RichTextTests
{
    [Theory]
    [InlineData("Hello,\n\nbye & <3", "Hello,<br>\n<br>\nbye &amp; &lt;3", "Hello,\n\nbye & <3")]
    [InlineData("1 < 2 > 1 &amp; \"x\"", "1 &lt; 2 &gt; 1 &amp; &quot;x&quot;", "1 < 2 > 1 & \"x\"")]
    [InlineData("<p>One\n  two</p><p>three</p>", "<p>One two</p><p>three</p>", "One two\n\nthree")]
    [InlineData("<h1 class='x'>Title</h1><div style=\"color:red\">text</div>", "<h2>Title</h2><p>text</p>", "Title\n\ntext")]
    [InlineData("<b>a</b> <i>b</i> <u>c</u><br/>d", "<strong>a</strong> <em>b</em> <u>c</u><br>d", "a b c\nd")]
    [InlineData("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>", "- one\n- two")]
    [InlineData("<pre>a\n  b</pre>", "<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("a<hr>b", "a<hr>b", "a\n\nb")]
    public void Keeps_what_a_letter_needs(string content, string html, string text)
    {
        var rich = RichText.Parse(content);

        Assert.Equal(html, rich.Html);
        Assert.Equal(text, rich.Text);
    }

    [Fact]
    public void A_link_leads_to_an_address_that_the_text_names()
    {
        var rich = RichText.Parse("See <a target=_blank href='https://example.com/?a=1&amp;b=2' onclick=\"x()\">the rules</a>.");

        Assert.Equal("See <a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer\">the rules</a>.", rich.Html);
        Assert.Equal("See the rules (https://example.com/?a=1&b=2).", rich.Text);
    }

    [Theory]
    [InlineData("<a href='javascript:alert(1)'>x</a>")]
    [InlineData("<a href='&#106;avascript:alert(1)'>x</a>")]
    [InlineData("<a href='java\nscript:alert(1)'>x</a>")]
    [InlineData("<a href='data:text/html,x'>x</a>")]
    [InlineData("<a href='/relative'>x</a>")]
    [InlineData("<a data-href='https://example.com'>x</a>")]
    [InlineData("<script>alert(1)</script>x")]
    [InlineData("<style>p{}</style>x")]
    [InlineData("<SCRIPT SRC=//evil></SCRIPT >x")]
    [InlineData("<img src=x onerror=alert(1)>x")]
    [InlineData("<!-- <b> -->x<!doctype html>")]
    [InlineData("</table></td></div>x")]
    [InlineData("<iframe src='https://evil.example'></iframe>x")]
    [InlineData("x<script>alert(1)")]
    public void Drops_what_could_load_run_or_break_out(string content)
    {
        var rich = RichText.Parse(content);

        Assert.Equal("x", rich.Html);
        Assert.Equal("x", rich.Text);
    }

    [Fact]
    public void Everything_that_is_opened_is_closed_and_depth_is_bounded()
    {
        var rich = RichText.Parse($"<p><b><i>x</p>y{string.Concat(Enumerable.Repeat("<blockquote>", 5_000))}z");

        Assert.StartsWith("<p><strong><em>x</em></strong></p>y<blockquote>", rich.Html, StringComparison.Ordinal);
        Assert.Equal(Count(rich.Html, "<blockquote>"), Count(rich.Html, "</blockquote>"));
        Assert.InRange(Count(rich.Html, "<blockquote>"), 1, 50);
    }

    [Fact]
    public void Whatever_is_read_only_known_tags_are_written_and_in_pairs()
    {
        string[] pieces = ["<p>", "</p>", "<li>", "<ul>", "</ul>", "<b", ">", "<", "\"", "'", "<a href='", "https://x.example", "'>", "</a>", "<!--", "-->", "<script>", "</script>", "&lt;", "x", " ", "<pre>", "</td>"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30].Sample(parts =>
        {
            var open = new Stack<string>();
            foreach (Match tag in Written.Matches(RichText.Parse(string.Concat(parts)).Html))
            {
                if (tag.Value.StartsWith("</", StringComparison.Ordinal)) Assert.Equal(open.Pop(), tag.Groups[1].Value);
                else if (tag.Groups[1].Value is not ("br" or "hr")) open.Push(tag.Groups[1].Value);
                Assert.Matches("^</?(p|li|ul|strong|pre|br)>$|^</a>$|^<a href=\"https://x.example[^\"<>]*\" rel=\"noopener noreferrer\">$", tag.Value);
            }

            Assert.Empty(open);
        }, iter: 3_000);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("</?([a-z0-9]+)[^>]*>?")]
    private static partial Regex Written { get; }
}
