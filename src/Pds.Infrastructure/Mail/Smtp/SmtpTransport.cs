using System.Net.Sockets;
using System.Security.Authentication;
using Pds.Application.Options;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>Hands mail to a server by SMTP (docs/adr/0022): a connection for each, since there are few and each is waited for.</summary>
internal sealed class SmtpTransport(MailServer.Smtp server, string hostname, TlsTrust trust) : IMailTransport
{
    public async Task DeliverAsync(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            await using var session = await SmtpSession.OpenAsync(server, hostname, trust, text => Masked(text, mail), ct);
            if (server.Credentials is { } credentials) await session.AuthenticateAsync(credentials, ct);
            await session.SubmitAsync(mail, ct);
            await session.QuitAsync(ct);
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            ct.ThrowIfCancellationRequested();
            throw new MailException($"{server.Host}:{server.Port}: {failure.Message}", failure);
        }
    }

    private string Masked(string text, OutgoingMail mail) => mail.Masked(server.Credentials is { } credentials ? SmtpAuth.Masked(text, credentials) : text);
}
