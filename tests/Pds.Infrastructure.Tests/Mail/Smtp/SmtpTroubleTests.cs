using System.Net;
using System.Net.Sockets;
using Pds.Application.Options;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Mail.Smtp;
using Pds.Infrastructure.Outbound;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail.Smtp;

/// <summary>Servers that do not do what is asked of them, at each point of the conversation.</summary>
public sealed class SmtpTroubleTests : IDisposable
{
    private readonly LocalMailServer _server = new() { Certificate = TestCertificates.ForLoopback };

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("CONNECT", "554 no", "The connection was refused: 554 no")]
    [InlineData("EHLO", "421 later", "EHLO was refused: 421 later")]
    [InlineData("STARTTLS", "454 later", "STARTTLS was refused: 454 later")]
    [InlineData("MAIL", "550-not\r\n550 you", "MAIL was refused: 550 not you")]
    [InlineData("DATA", "452 full", "DATA was refused: 452 full")]
    [InlineData("DATA", "250 what?", "DATA was refused: 250 what?")]
    [InlineData(".", "554 5.7.1 spam", "The message was refused: 554 5.7.1 spam")]
    public async Task A_refusal_is_told_with_what_the_server_says(string stage, string answer, string message)
    {
        _server.Answer = At(stage, answer);

        var failure = await FailsAsync();

        Assert.Equal(message, failure.Message);
        Assert.False(failure.IsRecipientRefused);
        Assert.Empty(_server.Mails);
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", true)]
    [InlineData("450 4.2.1 try later", false)]
    public async Task A_refusal_of_the_recipient_is_told_apart_where_it_is_for_good(string answer, bool isForGood)
    {
        _server.Answer = At("RCPT", answer);

        var failure = await FailsAsync();

        Assert.Equal($"The recipient was refused: {answer}", failure.Message);
        Assert.Equal(isForGood, failure.IsRecipientRefused);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("STARTTLS")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task A_server_that_hangs_up_has_not_taken_the_mail(string stage)
    {
        _server.Answer = At(stage, LocalMailServer.HangUp);

        await FailsAsync();
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("STARTTLS")]
    [InlineData("MAIL")]
    [InlineData(".")]
    public async Task A_server_that_says_nothing_is_waited_for_until_the_caller_gives_up(string stage)
    {
        _server.Answer = At(stage, LocalMailServer.Silence);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(patience.Token));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK")]
    [InlineData("25")]
    [InlineData("")]
    [InlineData("999 what")]
    [InlineData("250+strange")]
    [InlineData("+50 signed")]
    public async Task What_is_not_SMTP_is_not_believed(string answer)
    {
        _server.Answer = At("MAIL", answer);

        Assert.Equal("The mail server does not speak SMTP", (await FailsAsync()).Message);
    }

    [Fact]
    public async Task A_reply_has_lines_of_bounded_length()
    {
        _server.Answer = At("MAIL", $"250 {new string('x', 5_000)}");

        Assert.Contains("a line of more than 2000 bytes", (await FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_has_a_bounded_number_of_lines()
    {
        _server.Answer = At("EHLO", string.Join("\r\n", Enumerable.Repeat("250-X", 10_000)));

        Assert.Contains("more than 100 lines", (await FailsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_complaint_is_cut_and_has_no_control_characters()
    {
        _server.Answer = At("MAIL", $"550 a\u001B[31m\tb{new string('x', 1_500)}");

        var message = (await FailsAsync()).Message;

        Assert.StartsWith("MAIL was refused: 550 a?[31m?bxxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 500, 530);
    }

    [Fact]
    public async Task No_server_at_all_is_a_failure_too()
    {
        using var unused = new Socket(SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, and not listening
        var port = ((IPEndPoint)unused.LocalEndPoint!).Port;

        var failure = await Assert.ThrowsAsync<MailException>(() => TransportTo("127.0.0.1", port).DeliverAsync(Samples.Mail(), CancellationToken.None));

        Assert.StartsWith($"127.0.0.1:{port}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_it_has_taken_the_mail_has_taken_it()
    {
        _server.Answer = At("QUIT", LocalMailServer.HangUp);

        await SendAsync(CancellationToken.None);

        Assert.Single(_server.Mails);
    }

    private static Func<string, string?> At(string stage, string answer) => command => command.StartsWith(stage, StringComparison.Ordinal) ? answer : null;

    private static SmtpTransport TransportTo(string host, int port) =>
        new(new MailServer.Smtp(host, port, TlsFromStart: false, null), "pds.example.com", new TlsTrust([TestCertificates.Authority]));

    private Task SendAsync(CancellationToken ct) => TransportTo("localhost", _server.Port).DeliverAsync(Samples.Mail(), ct);

    private Task<MailException> FailsAsync() => Assert.ThrowsAsync<MailException>(() => SendAsync(CancellationToken.None));
}
