using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Pds.Application.Options;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>One conversation with a mail server: RFC 5321, with STARTTLS (RFC 3207), AUTH (RFC 4954), SIZE (RFC 1870) and SMTPUTF8 (RFC 6531).</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly MailServer.Smtp _server;
    private readonly TlsTrust _trust;
    private readonly Func<string, string> _mask;
    private readonly EndPoint? _peer;
    private Stream _stream;
    private SmtpLines _lines;
    private SmtpExtensions _extensions = SmtpExtensions.None;

    private SmtpSession(MailServer.Smtp server, TlsTrust trust, Func<string, string> mask, Socket socket)
    {
        (_server, _trust, _mask) = (server, trust, mask);
        _peer = socket.RemoteEndPoint;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _lines = new SmtpLines(_stream);
    }

    /// <summary>Connects, greets, and brings TLS up where there is any.</summary>
    /// <param name="server">Whom to talk to.</param>
    /// <param name="hostname">Who is talking.</param>
    /// <param name="trust">Whose certificates count.</param>
    /// <param name="mask">Takes out of the server's words what the log must not show.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="MailException">The server says no.</exception>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    public static async Task<SmtpSession> OpenAsync(MailServer.Smtp server, string hostname, TlsTrust trust, Func<string, string> mask, CancellationToken ct)
    {
        var session = new SmtpSession(server, trust, mask, await ConnectAsync(server, ct));
        try
        {
            if (server.TlsFromStart) await session.StartTlsAsync(ct);
            await session.ExpectAsync("The connection", reply => reply.IsPositive, ct);
            await session.GreetAsync(hostname, ct);
            if (server.TlsFromStart || !session._extensions.Has("STARTTLS")) return session;

            await session.CommandAsync("STARTTLS", ct);
            if (session._lines.HasUnread) throw new MailException("The mail server said something between STARTTLS and TLS"); // somebody else did: CVE-2011-0411
            await session.StartTlsAsync(ct);
            await session.GreetAsync(hostname, ct); // what was offered in clear does not count
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says who this server is. Credentials go over TLS, or to this very machine, and nowhere else.</summary>
    public async Task AuthenticateAsync(MailCredentials credentials, CancellationToken ct)
    {
        if (!SmtpAuth.MayHear(_peer, isTls: _stream is SslStream)) throw new MailException("The mail server offers no TLS, and credentials are not sent in clear");
        if (!_extensions.Has("AUTH")) return; // it knows its clients by other means, or will refuse the sender

        foreach (var step in SmtpAuth.StepsOf(credentials, _extensions))
        {
            await _lines.WriteLineAsync(step.Line, ct);
            await ExpectAsync("Authentication", reply => reply.Code == step.Expected, ct);
        }
    }

    public async Task SubmitAsync(OutgoingMail mail, CancellationToken ct)
    {
        if (mail.NeedsUtf8 && !_extensions.Has("SMTPUTF8")) throw new MailException("The mail server takes no addresses beyond ASCII") { IsRecipientRefused = !mail.To.IsAscii };

        var utf8 = mail.NeedsUtf8 ? " SMTPUTF8 BODY=8BITMIME" : "";
        var size = _extensions.Has("SIZE") ? string.Create(CultureInfo.InvariantCulture, $" SIZE={mail.Content.Length}") : "";
        await CommandAsync($"MAIL FROM:<{mail.From.Address}>{size}{utf8}", ct);
        await NameRecipientAsync(mail, ct);
        await _lines.WriteLineAsync("DATA", ct);
        await ExpectAsync("DATA", reply => reply.Code == 354, ct);
        await _lines.WriteAsync(DotStuffing.Apply(mail.Content.Span), ct);
        await ExpectAsync("The message", reply => reply.IsPositive, ct);
    }

    /// <summary>The mail is with the server: whether it hears the goodbye does not matter.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        try
        {
            await _lines.WriteLineAsync("QUIT", ct);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Then it has hung up first.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Socket> ConnectAsync(MailServer.Smtp server, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        var tls = new SslStream(_stream);
        (_stream, _lines) = (tls, new SmtpLines(tls));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _server.Host, CertificateChainPolicy = _trust.ToChainPolicy() }, ct);
    }

    private async Task GreetAsync(string hostname, CancellationToken ct)
    {
        await _lines.WriteLineAsync($"EHLO {hostname}", ct);
        var reply = await _lines.ReadReplyAsync(ct);
        if (reply.IsPositive) _extensions = SmtpExtensions.In(reply);
        else if (reply.IsPermanent) await CommandAsync($"HELO {hostname}", ct); // older than extensions
        else throw Refused("EHLO", reply);
    }

    private async Task NameRecipientAsync(OutgoingMail mail, CancellationToken ct)
    {
        await _lines.WriteLineAsync($"RCPT TO:<{mail.To.Address}>", ct);
        var reply = await _lines.ReadReplyAsync(ct);
        if (!reply.IsPositive) throw Refused("The recipient", reply, reply.IsPermanent);
    }

    private async Task CommandAsync(string command, CancellationToken ct)
    {
        await _lines.WriteLineAsync(command, ct);
        await ExpectAsync(command.Split(' ', ':')[0], reply => reply.IsPositive, ct);
    }

    private async Task ExpectAsync(string what, Predicate<SmtpReply> isRight, CancellationToken ct)
    {
        var reply = await _lines.ReadReplyAsync(ct);
        if (!isRight(reply)) throw Refused(what, reply);
    }

    private MailException Refused(string what, SmtpReply reply, bool isRecipient = false) =>
        new($"{what} was refused: {reply.Describe(_mask)}") { IsRecipientRefused = isRecipient };
}
