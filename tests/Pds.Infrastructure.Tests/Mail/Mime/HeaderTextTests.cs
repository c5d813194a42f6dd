using Pds.Application.Mail;
using Pds.Infrastructure.Mail.Mime;

namespace Pds.Infrastructure.Tests.Mail.Mime;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("Reset your password", "Reset your password")]
    [InlineData("Grüße", "=?utf-8?B?R3LDvMOfZQ==?=")]
    [InlineData("=?utf-8?B?Zm9v?=", "=?utf-8?B?PT91dGYtOD9CP1ptOXY/PQ==?=")]
    [InlineData("", "")]
    public void A_subject_is_encoded_where_it_is_more_than_short_ASCII(string subject, string header) => Assert.Equal(header, HeaderText.Unstructured(subject));

    [Theory]
    [InlineData("Hello\r\nBcc: mallory@example.com", "Hello Bcc: mallory@example.com")]
    [InlineData("Hello\nBcc: x", "Hello Bcc: x")]
    [InlineData("Hello\rBcc: x", "Hello Bcc: x")]
    [InlineData("Hello\u2028Bcc:\u0085x\0y", "Hello Bcc: x y")]
    [InlineData("\r\n\r\nbody\r\n", "body")]
    public void Line_breaks_become_blanks(string text, string line)
    {
        Assert.Equal(line, HeaderText.OneLine(text));
        Assert.Equal(line, HeaderText.Unstructured(text));
    }

    [Fact]
    public void A_long_subject_is_folded_between_characters()
    {
        var header = HeaderText.Unstructured(string.Concat(Enumerable.Repeat("🦋ü", 60)));

        string[] lines = $"Subject: {header}".Split("\r\n");
        Assert.True(lines.Length > 5);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 76));
        Assert.All(lines[1..], line => Assert.StartsWith(" =?utf-8?B?", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', Decoded(line)));
    }

    [Fact]
    public void Half_a_character_becomes_a_replacement() => Assert.Equal("a\uFFFDb", HeaderText.OneLine("a\uD83Db"));

    [Theory]
    [InlineData("noreply@example.com", "noreply@example.com")]
    [InlineData("Example, Inc. <noreply@example.com>", "\"Example, Inc.\" <noreply@example.com>")]
    [InlineData("Zürich <noreply@example.com>", "=?utf-8?B?WsO8cmljaA==?=\r\n <noreply@example.com>")]
    public void A_name_is_quoted_or_encoded(string mailbox, string header) =>
        Assert.Equal(header, HeaderText.Of(Mailbox.TryParse(mailbox, out var parsed) ? parsed : throw new FormatException()));

    [Fact]
    public void A_name_cannot_end_its_quotes()
    {
        Assert.True(Mailbox.TryParse("noreply@example.com", out var mailbox));

        Assert.Equal("\"a\\\" <b@c>, \\\\\" <noreply@example.com>", HeaderText.Of(mailbox.Named("a\" <b@c>, \\")));
        Assert.Equal("\"a Bcc: b@c\" <noreply@example.com>", HeaderText.Of(mailbox.Named("a\r\nBcc: b@c")));
    }

    private static string Decoded(string line) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(line[(line.IndexOf("?B?", StringComparison.Ordinal) + 3)..^2]));
}
