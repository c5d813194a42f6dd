using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Infrastructure.Mail.Letters;
using Pds.Infrastructure.Mail.Mime;

namespace Pds.Infrastructure.Mail;

/// <summary>Writes a letter, and hands it to the mail server of its kind while whoever caused it waits.</summary>
internal sealed partial class LetterMailer(
    MailOptions options, MailTransports transports, LetterWriter writer, MessageFormat format, ILogger<LetterMailer> log) : IMailer
{
    private const string RecipientRefused = "Mail to that address cannot be delivered";

    private readonly IMailTransport _accounts = transports.To(options.Accounts.Server);
    private readonly IMailTransport _moderators = transports.To(options.Moderators.Server);

    public async Task SendAsync(Letter letter, CancellationToken ct)
    {
        if (!Mailbox.TryParse(letter.To, out var to) || to.Name is not null) throw XrpcException.UpstreamFailure(RecipientRefused);
        var (route, transport) = letter is Letter.FromModerators ? (options.Moderators, _moderators) : (options.Accounts, _accounts);
        var mail = format.Write(route.From, to, writer.Write(letter));

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Timeout);
        try
        {
            await transport.DeliverAsync(mail, deadline.Token);
        }
        catch (MailException failure)
        {
            LogFailure(mail.To.Address, mail.Subject, failure.Message);
            throw XrpcException.MailNotSent(failure.IsRecipientRefused ? RecipientRefused : "The mail server did not take the mail");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogFailure(mail.To.Address, mail.Subject, $"it took longer than {options.Timeout.TotalSeconds} seconds");
            throw XrpcException.MailTooSlow("The mail server did not answer in time");
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail to {Recipient}, '{Subject}', was not sent: {Reason}")]
    private partial void LogFailure(string recipient, string subject, string reason);
}
