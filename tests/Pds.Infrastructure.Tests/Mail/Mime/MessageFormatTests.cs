using System.Text;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail.Mime;

public sealed class MessageFormatTests
{
    [Fact]
    public void Has_the_headers_of_a_mail_that_a_program_sends()
    {
        var headers = Parse(Samples.Mail().Content).Headers;

        Assert.Equal("\"Example Community\" <noreply@example.com>", headers["From"]);
        Assert.Equal("alice@example.org", headers["To"]);
        Assert.Equal("Reset your password", headers["Subject"]);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 +0000", headers["Date"]);
        Assert.Matches("^<[0-9a-f]{32}@pds.example.com>$", headers["Message-ID"]);
        Assert.Equal("1.0", headers["MIME-Version"]);
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
    }

    [Fact]
    public void Two_mails_have_two_ids() =>
        Assert.NotEqual(Parse(Samples.Mail().Content).Headers["Message-ID"], Parse(Samples.Mail().Content).Headers["Message-ID"]);

    [Fact]
    public void A_persons_letter_is_not_called_automatic() =>
        Assert.DoesNotContain("Auto-Submitted", Parse(Samples.Mail(Samples.Saying("Hello", "text")).Content).Headers.Keys);

    [Fact]
    public void The_two_alternatives_are_the_letters()
    {
        var letter = Samples.Write(Samples.Reset);

        var mail = Parse(Samples.Mail(letter).Content);

        Assert.Equal(letter.Text.TrimEnd(), mail.Text);
        Assert.Equal(letter.Html.TrimEnd(), mail.Html);
    }

    [Fact]
    public void Every_line_is_short_ASCII_that_ends_with_CR_LF()
    {
        var content = Encoding.UTF8.GetString(Samples.Mail(Samples.Saying("Größe 🦋 " + new string('x', 900), $"{new string('ü', 3_000)}\n.\n..\r.\n")).Content.Span);

        Assert.True(Ascii.IsValid(content));
        Assert.Equal(content, content.ReplaceLineEndings("\r\n"));
        Assert.EndsWith("\r\n", content, StringComparison.Ordinal);
        Assert.All(content.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void A_subject_adds_no_header()
    {
        var mail = Samples.Mail(Samples.Saying("Hello\r\nBcc: mallory@example.com\r\n\r\nbody", "text"));

        Assert.Equal("Hello Bcc: mallory@example.com body", Parse(mail.Content).Headers["Subject"]);
        Assert.Equal("Hello Bcc: mallory@example.com body", mail.Subject);
        Assert.DoesNotContain("Bcc", Parse(mail.Content).Headers.Keys);
    }

    private static ParsedMail Parse(ReadOnlyMemory<byte> content) => ParsedMail.Parse(Encoding.Latin1.GetString(content.Span));
}
