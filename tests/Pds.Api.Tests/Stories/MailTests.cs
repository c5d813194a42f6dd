using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Api.Tests.Stories;

/// <summary>Mail, from a call to a mail server.</summary>
public sealed class MailTests(MailPdsFixture pds) : IClassFixture<MailPdsFixture>
{
    private const string Sender = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    [Fact]
    public async Task Is_with_the_mail_server_when_the_call_is_answered()
    {
        var alice = await pds.SignUpAsync();

        (await WriteAsync(alice, "Grüße\r\nBcc: mallory@example.com", "<p>Your post breaks <b>rule 3</b>.</p><script>alert(1)</script>")).Ok();

        var received = Assert.Single(pds.MailServer.Mails, mail => mail.To == $"RCPT TO:<{alice.Email}>");
        Assert.Equal((true, "mailer"), (received.IsTls, received.User));
        Assert.StartsWith("MAIL FROM:<moderators@example.com>", received.From, StringComparison.Ordinal);
        var mail = received.Parsed;
        Assert.Equal("Grüße Bcc: mallory@example.com", mail.Headers["Subject"]);
        Assert.Equal("\"Example Community\" <moderators@example.com>", mail.Headers["From"]);
        Assert.Contains("<p>Your post breaks <strong>rule 3</strong>.</p>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", mail.Html, StringComparison.Ordinal);
        Assert.StartsWith("Your post breaks rule 3.", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_is_refused_is_answered_in_words_that_tell_nothing_of_the_mail_server()
    {
        var alice = await pds.SignUpAsync("refused");
        pds.MailServer.Answer = command => command == $"RCPT TO:<{alice.Email}>" ? "451 4.3.0 mx7.internal is full" : null;

        var refusal = (await WriteAsync(alice, "Hello", "text")).Refused(502, "UpstreamFailure");

        Assert.Equal("The mail server did not take the mail", refusal.Message);
        Assert.Contains("mx7.internal is full", pds.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(pds.Log.Lines, line => line.Contains("com.atproto.admin.sendEmail", StringComparison.Ordinal) && line.Contains("not take", StringComparison.Ordinal)); // one line tells it all
    }

    [Fact]
    public async Task Leaves_neither_code_nor_password_in_the_log()
    {
        var code = Secret.Of("4F2TK-QZ7XA");
        var mailer = pds.Services.GetRequiredService<IMailer>();
        pds.MailServer.Answer = command => command == "RCPT TO:<spam@example.org>" ? $"554 {code.Reveal()} {pds.MailServer.Password}" : null;

        await mailer.SendAsync(new Letter.SignIn("taken@example.org", Handle.Parse("alice.test"), code), CancellationToken.None);
        await Record.ExceptionAsync(() => mailer.SendAsync(new Letter.SignIn("spam@example.org", Handle.Parse("alice.test"), code), CancellationToken.None));

        Assert.Contains(code.Reveal(), pds.MailServer.Mails.Single(mail => mail.To.Contains("taken@", StringComparison.Ordinal)).Parsed.Text, StringComparison.Ordinal);
        Assert.Contains("Mail to spam@example.org, 'Your sign-in code', was not sent", pds.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Reveal(), pds.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(pds.MailServer.Password, pds.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(pds.MailServer.Password), pds.Log.Text, StringComparison.Ordinal);
    }

    private Task<XrpcAnswer> WriteAsync(Actor to, string subject, string content) =>
        pds.Admin.PostAsync("com.atproto.admin.sendEmail", new { recipientDid = to.Did.Value, subject, content, senderDid = Sender });
}
