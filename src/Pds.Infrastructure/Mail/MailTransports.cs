using Microsoft.Extensions.Logging;
using Pds.Application.Options;
using Pds.Infrastructure.Mail.Smtp;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Mail;

/// <summary>Chooses how mail is handed to a server.</summary>
internal sealed class MailTransports(ServiceOptions service, TlsTrust trust, TimeProvider time, ILoggerFactory logs)
{
    public IMailTransport To(MailServer server) => server switch
    {
        MailServer.Smtp smtp => new SmtpTransport(smtp, service.Hostname, trust),
        MailServer.Sendmail => new SendmailTransport(),
        MailServer.Folder folder => new FolderTransport(folder.Path, time, logs.CreateLogger<FolderTransport>()),
        _ => new NoTransport(),
    };
}
