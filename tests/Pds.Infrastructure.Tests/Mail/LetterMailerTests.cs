using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Mail.Letters;
using Pds.Infrastructure.Mail.Mime;
using Pds.Infrastructure.Outbound;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail;

public sealed class LetterMailerTests : IDisposable
{
    private readonly LocalMailServer _accounts = new();
    private readonly LocalMailServer _moderators = new();
    private readonly RecordedLog _log = new();

    public void Dispose()
    {
        _accounts.Dispose();
        _moderators.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_letter_with_a_code_goes_by_the_accounts_server_and_a_moderators_by_theirs()
    {
        var mailer = Mailer();

        await mailer.SendAsync(Samples.Reset, CancellationToken.None);
        await mailer.SendAsync(new Letter.FromModerators(Samples.To, "Hello", "text"), CancellationToken.None);

        Assert.Equal("Reset your password", Assert.Single(_accounts.Mails).Parsed.Headers["Subject"]);
        Assert.Equal("Hello", Assert.Single(_moderators.Mails).Parsed.Headers["Subject"]);
        Assert.Equal("\"Example Community\" <noreply@example.com>", _accounts.Mails[0].Parsed.Headers["From"]);
        Assert.Equal("\"Moderators\" <moderators@example.com>", _moderators.Mails[0].Parsed.Headers["From"]);
    }

    [Fact]
    public async Task A_refusal_is_told_without_what_the_mail_server_is()
    {
        _accounts.Answer = command => command.StartsWith("MAIL", StringComparison.Ordinal) ? "550 host mx.internal says no" : null;

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Mailer().SendAsync(Samples.Reset, CancellationToken.None));

        Assert.Equal((XrpcErrorKind.UpstreamFailure, "The mail server did not take the mail"), (refusal.Kind, refusal.Message));
        Assert.DoesNotContain("mx.internal", refusal.ToString(), StringComparison.Ordinal);
        Assert.Contains("Mail to alice@example.org, 'Reset your password', was not sent: MAIL was refused: 550 host mx.internal says no", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_recipient_is_told()
    {
        _accounts.Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null;

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Mailer().SendAsync(Samples.Reset, CancellationToken.None));

        Assert.Equal((XrpcErrorKind.UpstreamFailure, "Mail to that address cannot be delivered"), (refusal.Kind, refusal.Message));
    }

    [Theory]
    [InlineData("alice@example.com\r\nBcc: mallory@example.com")]
    [InlineData("alice@example.com, mallory@example.com")]
    [InlineData("Alice <alice@example.com>")]
    [InlineData("")]
    public async Task What_is_not_one_address_is_not_written_to(string to)
    {
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Mailer().SendAsync(Samples.Reset with { To = to }, CancellationToken.None));

        Assert.Equal(XrpcErrorKind.UpstreamFailure, refusal.Kind);
        Assert.Empty(_accounts.Commands);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_given_up()
    {
        _accounts.Answer = command => command == "DATA" ? LocalMailServer.Silence : null;

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Mailer(TimeSpan.FromMilliseconds(300)).SendAsync(Samples.Reset, CancellationToken.None));

        Assert.Equal((XrpcErrorKind.UpstreamTimeout, "The mail server did not answer in time"), (refusal.Kind, refusal.Message));
        Assert.Contains("it took longer than 0.3 seconds", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_answered()
    {
        _accounts.Answer = command => command == "DATA" ? LocalMailServer.Silence : null;
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Mailer().SendAsync(Samples.Reset, gone.Token));
    }

    [Fact]
    public async Task Without_a_server_it_says_so()
    {
        var mailer = Mailer(options => options with { Accounts = options.Accounts with { Server = new MailServer.None() } });

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => mailer.SendAsync(Samples.Reset, CancellationToken.None));

        Assert.Equal((XrpcErrorKind.UpstreamFailure, "This server cannot send mail"), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task The_sandboxs_log_names_the_file_and_not_the_code()
    {
        var folder = Directory.CreateTempSubdirectory("pds-mail-");
        try
        {
            await Mailer(options => options with { Accounts = options.Accounts with { Server = new MailServer.Folder(folder.FullName) } }).SendAsync(Samples.Reset, CancellationToken.None);

            Assert.Contains($"Mail to alice@example.org, 'Reset your password', is in {folder.GetFiles().Single().FullName}", _log.Text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_log_never_has_the_code()
    {
        foreach (var stage in new[] { "none", "MAIL", "RCPT", "." })
        {
            _accounts.Answer = command => command.StartsWith(stage, StringComparison.Ordinal) ? $"554 {Samples.Code} is spam" : null;
            await Record.ExceptionAsync(() => Mailer().SendAsync(Samples.Reset, CancellationToken.None));
        }

        Assert.Contains("is spam", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Code, _log.Text, StringComparison.Ordinal);
    }

    private LetterMailer Mailer(TimeSpan timeout) => Mailer(options => options with { Timeout = timeout });

    private LetterMailer Mailer(Func<MailOptions, MailOptions>? change = null)
    {
        var options = new MailOptions
        {
            Accounts = new MailRoute(Samples.Box("noreply@example.com"), new MailServer.Smtp("127.0.0.1", _accounts.Port, TlsFromStart: false, null)),
            Moderators = new MailRoute(Samples.Box("Moderators <moderators@example.com>"), new MailServer.Smtp("127.0.0.1", _moderators.Port, TlsFromStart: false, null)),
        };
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        return new LetterMailer(
            change?.Invoke(options) ?? options,
            new MailTransports(Samples.Service, new TlsTrust(), new FakeTime(), logs),
            new LetterWriter(Samples.Service, new BrandingOptions()),
            new MessageFormat(Samples.Service, new FakeTime()),
            logs.CreateLogger<LetterMailer>());
    }
}
