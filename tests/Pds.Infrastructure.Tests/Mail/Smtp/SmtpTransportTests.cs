using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Mail.Smtp;
using Pds.Infrastructure.Outbound;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail.Smtp;

public sealed class SmtpTransportTests
{
    [Fact]
    public async Task Hands_a_mail_over()
    {
        using var server = new LocalMailServer();
        var mail = Samples.Mail();

        await SendAsync(server, mail);

        var received = Assert.Single(server.Mails);
        Assert.Equal($"MAIL FROM:<noreply@example.com> SIZE={mail.Content.Length}", received.From);
        Assert.Equal("RCPT TO:<alice@example.org>", received.To);
        Assert.Equal(Encoding.Latin1.GetString(mail.Content.Span), received.Content);
        Assert.False(received.IsTls);
        Assert.Equal(["EHLO pds.example.com", received.From, received.To, "DATA", ".", "QUIT"], await CommandsAsync(server));
    }

    [Fact]
    public async Task Takes_TLS_where_it_is_offered_and_asks_anew_what_there_is()
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback };

        await SendAsync(server, Samples.Mail());

        Assert.True(Assert.Single(server.Mails).IsTls);
        Assert.Equal(["EHLO pds.example.com", "STARTTLS", "EHLO pds.example.com"], server.Commands.Take(3));
    }

    [Fact]
    public async Task Starts_with_TLS_where_the_url_says_so()
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback, TlsFromStart = true };

        await SendAsync(server, Samples.Mail());

        Assert.True(Assert.Single(server.Mails).IsTls);
        Assert.DoesNotContain("STARTTLS", server.Commands);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_that_nobody_vouches_for_ends_it(bool isTlsFromStart)
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback, TlsFromStart = isTlsFromStart, Mechanisms = ["PLAIN"] };

        var failure = await FailsAsync(server, Login(server), new TlsTrust());

        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_for_another_name_ends_it(bool isTlsFromStart)
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForAnotherName, TlsFromStart = isTlsFromStart };

        var failure = await FailsAsync(server);

        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_before_TLS_is_not_taken_for_the_servers_word_after_it()
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback };
        server.Answer = command => command == "STARTTLS" ? "220 go ahead\r\n250 and forged" : null;

        var failure = await FailsAsync(server);

        Assert.Contains("between STARTTLS and TLS", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5 LOGIN PLAIN")]
    public async Task Says_who_it_is(string mechanisms)
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback, Mechanisms = mechanisms.Split(' '), User = "jürgen@example.com", Password = "grüner Tee" };

        await SendAsync(server, Samples.Mail(), Login(server));

        Assert.Equal("jürgen@example.com", Assert.Single(server.Mails).User);
    }

    [Fact]
    public async Task Understands_the_old_way_to_offer_AUTH()
    {
        using var server = new LocalMailServer { Extensions = ["AUTH=LOGIN"] };

        await SendAsync(server, Samples.Mail(), Login(server));

        Assert.Equal("mailer", Assert.Single(server.Mails).User);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_wrong_password_is_told_to_nobody(string mechanism)
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback, Mechanisms = [mechanism] };

        var failure = await FailsAsync(server, new MailCredentials(Secret.Of("mailer"), Secret.Of("hunter3")));

        Assert.Equal("Authentication was refused: 535 5.7.8 Authentication credentials invalid", failure.Message);
        Assert.Empty(server.Mails);
    }

    [Theory]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData(".")]
    public async Task A_server_that_repeats_secrets_does_not_get_them_into_the_log(string stage)
    {
        using var server = new LocalMailServer { Certificate = TestCertificates.ForLoopback, Mechanisms = ["PLAIN"], User = "secret-user" };
        var blob = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{server.User}\0{server.Password}"));
        server.Answer = command => command.StartsWith(stage, StringComparison.Ordinal)
            ? $"554-{server.User} {server.Password}\r\n554 {blob} {new string('x', 480)} 4f2tk-qz7xa {Samples.Code}"
            : null;

        var failure = await FailsAsync(server, Login(server));

        Assert.Contains("was refused: 554 ••• ••• •••", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4f2tk", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(blob, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("::ffff:127.0.0.1", false, true)]
    [InlineData("10.0.0.1", false, false)]
    [InlineData("::ffff:192.0.2.1", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("192.0.2.1", true, true)]
    public void Credentials_go_over_TLS_or_to_this_machine(string address, bool isTls, bool mayHear) =>
        Assert.Equal(mayHear, SmtpAuth.MayHear(new IPEndPoint(IPAddress.Parse(address), 25), isTls));

    [Fact]
    public async Task Credentials_do_not_go_in_clear_to_another_machine()
    {
        if (OwnAddress() is not { } address) return; // this machine has none that others could have
        using var server = new LocalMailServer(address) { Mechanisms = ["PLAIN", "LOGIN"] };
        var transport = new SmtpTransport(new MailServer.Smtp(address.ToString(), server.Port, TlsFromStart: false, Login(server)), "pds.example.com", new TlsTrust());

        var failure = await Assert.ThrowsAsync<MailException>(() => transport.DeliverAsync(Samples.Mail(), CancellationToken.None));

        Assert.Equal("The mail server offers no TLS, and credentials are not sent in clear", failure.Message);
        Assert.Equal(["EHLO pds.example.com"], server.Commands);
    }

    [Fact]
    public async Task A_server_that_asks_for_nothing_is_told_nothing()
    {
        using var server = new LocalMailServer();

        await SendAsync(server, Samples.Mail(), Login(server));

        Assert.Null(Assert.Single(server.Mails).User);
    }

    [Fact]
    public async Task Knows_no_other_mechanism()
    {
        using var server = new LocalMailServer { Mechanisms = ["CRAM-MD5"] };

        var failure = await FailsAsync(server, Login(server));

        Assert.Equal("The mail server offers neither AUTH PLAIN nor AUTH LOGIN", failure.Message);
    }

    [Fact]
    public async Task A_dot_at_the_start_of_a_line_ends_nothing()
    {
        using var server = new LocalMailServer();
        var mail = Samples.Mail(Samples.Saying("dots", ".\n..\n.a\n\n."));

        await SendAsync(server, mail);

        Assert.Equal(".\n..\n.a\n\n.", Assert.Single(server.Mails).Parsed.Text);
    }

    [Fact]
    public async Task A_subject_beyond_ASCII_arrives_as_it_was()
    {
        using var server = new LocalMailServer { Extensions = [] };

        await SendAsync(server, Samples.Mail(Samples.Saying("Grüße 🦋 an alle, die dies hier lesen, und auch an alle anderen Menschen", "ü")));

        Assert.Equal("Grüße 🦋 an alle, die dies hier lesen, und auch an alle anderen Menschen", Assert.Single(server.Mails).Parsed.Headers["Subject"]);
        Assert.Equal("MAIL FROM:<noreply@example.com>", server.Mails[0].From);
    }

    [Fact]
    public async Task An_address_beyond_ASCII_needs_a_server_that_knows_them()
    {
        using var old = new LocalMailServer();
        using var modern = new LocalMailServer { Extensions = ["SMTPUTF8", "8BITMIME"] };
        var mail = Samples.Mail(to: "jürgen@example.org");

        var failure = await Assert.ThrowsAsync<MailException>(() => SendAsync(old, mail));
        await SendAsync(modern, mail);

        Assert.True(failure.IsRecipientRefused);
        Assert.Equal("MAIL FROM:<noreply@example.com> SMTPUTF8 BODY=8BITMIME", Assert.Single(modern.Mails).From);
        Assert.Equal("RCPT TO:<jürgen@example.org>", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(modern.Mails[0].To)));
    }

    [Fact]
    public async Task Greets_a_server_that_is_older_than_EHLO()
    {
        using var server = new LocalMailServer();
        server.Answer = command => command.StartsWith("EHLO", StringComparison.Ordinal) ? "502 what?" : null;

        await SendAsync(server, Samples.Mail());

        Assert.Equal("HELO pds.example.com", server.Commands[1]);
        Assert.Single(server.Mails);
    }

    private static IPAddress? OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private static MailCredentials Login(LocalMailServer server) => new(Secret.Of(server.User), Secret.Of(server.Password));

    private static Task SendAsync(LocalMailServer server, OutgoingMail mail, MailCredentials? credentials = null, TlsTrust? trust = null) => new SmtpTransport(
        new MailServer.Smtp("localhost", server.Port, server.TlsFromStart, credentials), "pds.example.com", trust ?? new TlsTrust([TestCertificates.Authority]))
        .DeliverAsync(mail, CancellationToken.None);

    private static Task<MailException> FailsAsync(LocalMailServer server, MailCredentials? credentials = null, TlsTrust? trust = null) =>
        Assert.ThrowsAsync<MailException>(() => SendAsync(server, Samples.Mail(), credentials, trust));

    /// <summary>With the goodbye, for which the client does not wait.</summary>
    private static async Task<IReadOnlyList<string>> CommandsAsync(LocalMailServer server)
    {
        await TestKit.Eventually.IsTrueAsync(() => server.Commands.Contains("QUIT"));
        return server.Commands;
    }
}
