using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pds.TestKit.Mail;

/// <summary>A mail server on loopback that takes what it is given, as far as a test lets it.</summary>
public sealed class LocalMailServer : IDisposable
{
    /// <summary>As an answer: none, while the connection stays open.</summary>
    public const string Silence = "(silence)";

    /// <summary>As an answer: the connection ends.</summary>
    public const string HangUp = "(hang up)";

    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<ReceivedMail> _mails = [];
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly ConcurrentBag<TcpClient> _clients = [];

    /// <param name="address">Null for loopback.</param>
    public LocalMailServer(IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>For STARTTLS, or for TLS from the start; null for neither.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromStart { get; init; }

    /// <summary>The mechanisms of AUTH; with any, nobody sends mail without it.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    public string User { get; init; } = "mailer";

    public string Password { get; init; } = "hunter2 of the mailer";

    /// <summary>Beside AUTH and STARTTLS.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = ["SIZE 1000000", "8BITMIME"];

    /// <summary>
    /// Another answer to a command, which may have several lines; null for the usual one. Beside the commands, <c>CONNECT</c> is asked at the start and
    /// <c>.</c> at the end of a message.
    /// </summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>What was said to it.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _clients) client.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var conversation = new Conversation(this, client.GetStream());
            await conversation.RunAsync();
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or AuthenticationException or SocketException)
        {
            // The client has gone, or does not like the certificate.
        }
    }

    private sealed class Conversation(LocalMailServer server, Stream stream) : IDisposable
    {
        private Stream _stream = stream;
        private StreamReader _reader = new(stream, Encoding.Latin1);
        private string? _user;
        private string _from = "";
        private string _to = "";

        private bool IsTls => _stream is SslStream;

        public void Dispose() => _stream.Dispose();

        public async Task RunAsync()
        {
            if (server.TlsFromStart) await StartTlsAsync();
            if (!await SayAsync(server.Answer("CONNECT") ?? "220 localhost ready")) return;
            while (await _reader.ReadLineAsync() is { } command)
            {
                server._commands.Enqueue(command);
                if (!await SayAsync(server.Answer(command) ?? await UsualAsync(command))) return;
                if (command == "STARTTLS" && server.Certificate is not null) await StartTlsAsync();
            }
        }

        private async Task<string> UsualAsync(string command) => command.Split(' ', ':')[0].ToUpperInvariant() switch
        {
            "EHLO" => string.Join("\r\n", Offers().Select((offer, i) => $"250{(i == Offers().Length - 1 ? ' ' : '-')}{offer}")),
            "HELO" => "250 localhost",
            "STARTTLS" when server.Certificate is not null && !IsTls => "220 go ahead",
            "AUTH" => await AuthenticateAsync(command.Split(' ')),
            "MAIL" when server.Mechanisms.Count > 0 && _user is null => "530 5.7.0 Authentication required",
            "MAIL" => Note(() => _from = command),
            "RCPT" => Note(() => _to = command),
            "DATA" => await TakeAsync(),
            "QUIT" => "221 bye",
            _ => "500 what?",
        };

        private string[] Offers() =>
        [
            "localhost", .. server.Extensions,
            .. server is { Certificate: not null } && !IsTls ? (string[])["STARTTLS"] : [],
            .. server.Mechanisms.Count > 0 ? (string[])[$"AUTH {string.Join(' ', server.Mechanisms)}"] : [],
        ];

        private async Task<string> AuthenticateAsync(string[] words)
        {
            var (user, password) = words[1] == "PLAIN" ? Plain(words[2]) : (await AskAsync("VXNlcm5hbWU6"), await AskAsync("UGFzc3dvcmQ6"));
            if (user != server.User || password != server.Password) return "535 5.7.8 Authentication credentials invalid";
            _user = user;
            return "235 2.7.0 Accepted";
        }

        private async Task<string> AskAsync(string challenge)
        {
            await SayAsync($"334 {challenge}");
            var answer = await _reader.ReadLineAsync() ?? "";
            server._commands.Enqueue(answer);
            return Encoding.UTF8.GetString(Convert.FromBase64String(answer));
        }

        private static (string User, string Password) Plain(string response) =>
            Encoding.UTF8.GetString(Convert.FromBase64String(response)).Split('\0') is ["", var user, var password] ? (user, password) : ("", "");

        private async Task<string> TakeAsync()
        {
            await SayAsync("354 go ahead");
            var lines = new List<string>();
            while (await _reader.ReadLineAsync() is { } line && line != ".") lines.Add(line.StartsWith('.') ? line[1..] : line);
            server._commands.Enqueue(".");
            if (server.Answer(".") is { } other) return other;
            server._mails.Enqueue(new ReceivedMail(_from, _to, string.Concat(lines.Select(line => $"{line}\r\n")), _user, IsTls));
            return "250 2.0.0 taken";
        }

        private static string Note(Action note)
        {
            note();
            return "250 ok";
        }

        /// <summary>Answers whether the conversation goes on.</summary>
        private async Task<bool> SayAsync(string answer)
        {
            if (answer == HangUp) return false;
            if (answer != Silence) await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\r\n"));
            return true;
        }

        private async Task StartTlsAsync()
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(server.Certificate!);
            (_stream, _reader) = (tls, new StreamReader(tls, Encoding.Latin1));
        }
    }
}
