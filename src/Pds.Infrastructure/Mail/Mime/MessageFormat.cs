using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Infrastructure.Mail.Letters;

namespace Pds.Infrastructure.Mail.Mime;

/// <summary>Makes a message of a letter: RFC 5322, the text and the page as alternatives of each other (RFC 2046 section 5.1.4).</summary>
internal sealed class MessageFormat(ServiceOptions service, TimeProvider time)
{
    public OutgoingMail Write(Mailbox from, Mailbox to, WrittenLetter letter)
    {
        var sender = from.Named(service.Name);
        var boundary = $"=_{Random()}"; // the encoding of the parts cannot contain it
        string[] headers =
        [
            $"From: {HeaderText.Of(sender)}",
            $"To: {HeaderText.Of(to)}",
            $"Subject: {HeaderText.Unstructured(letter.Subject)}",
            $"Date: {time.GetUtcNow().UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
            $"Message-ID: <{Random()}@{service.Hostname}>",
            "MIME-Version: 1.0",
            .. letter.IsAutomatic ? (string[])["Auto-Submitted: auto-generated"] : [], // RFC 3834: no out-of-office replies
            $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"",
        ];
        string[] message =
        [
            .. headers.Select(header => $"{header}\r\n"), "\r\n",
            Part(boundary, "text/plain", letter.Text), Part(boundary, "text/html", letter.Html), $"--{boundary}--\r\n",
        ];
        return new OutgoingMail(sender, to, HeaderText.OneLine(letter.Subject), Encoding.UTF8.GetBytes(string.Concat(message)), letter.Secrets);
    }

    private static string Part(string boundary, string type, string content) =>
        $"--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{QuotedPrintable.Encode(content)}\r\n";

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
