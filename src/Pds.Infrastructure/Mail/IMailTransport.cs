namespace Pds.Infrastructure.Mail;

/// <summary>Hands finished messages on.</summary>
internal interface IMailTransport
{
    /// <summary>Hands one over. When it returns, it has been taken.</summary>
    /// <exception cref="MailException">It was not.</exception>
    Task DeliverAsync(OutgoingMail mail, CancellationToken ct);
}
