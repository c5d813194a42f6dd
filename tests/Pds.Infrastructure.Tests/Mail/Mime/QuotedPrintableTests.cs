using System.Text;
using CsCheck;
using Pds.Infrastructure.Mail.Mime;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail.Mime;

public sealed class QuotedPrintableTests
{
    [Theory]
    [InlineData("plain", "plain\r\n")]
    [InlineData("a=b", "a=3Db\r\n")]
    [InlineData("Grüße", "Gr=C3=BC=C3=9Fe\r\n")]
    [InlineData("blank \nat the end\t", "blank=20\r\nat the end=09\r\n")]
    [InlineData("one\r\ntwo\rthree\nfour", "one\r\ntwo\r\nthree\r\nfour\r\n")]
    [InlineData("", "\r\n")]
    [InlineData("a\0b\u001Bc", "a=00b=1Bc\r\n")]
    public void Encodes_what_is_not_plain(string text, string encoded) => Assert.Equal(encoded, QuotedPrintable.Encode(text));

    [Fact]
    public void Lines_are_short_and_octets_whole()
    {
        var lines = QuotedPrintable.Encode(new string('ü', 200) + new string('a', 300)).Split("\r\n");

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 76));
        Assert.All(lines, line => Assert.DoesNotMatch("=[0-9A-F]?$", line[..Math.Max(0, line.Length - 1)]));
    }

    [Fact]
    public void A_mail_program_reads_any_text_back() => Gen.String.Sample(text =>
    {
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))).TrimEnd('\n');
        var part = $"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{QuotedPrintable.Encode(text)}\r\n";
        var mail = $"Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\n--=_b\r\n{part}--=_b\r\n{part.Replace("plain", "html", StringComparison.Ordinal)}--=_b--\r\n";

        Assert.Equal(expected, ParsedMail.Parse(mail).Text);
    }, iter: 300);
}
