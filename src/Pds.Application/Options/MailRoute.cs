using Pds.Application.Mail;

namespace Pds.Application.Options;

/// <summary>Who sends, and by which server.</summary>
public sealed record MailRoute(Mailbox From, MailServer Server);
