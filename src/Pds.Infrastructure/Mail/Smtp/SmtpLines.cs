using System.Text;

namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>Commands out, replies in, over one stream. What comes in is bounded.</summary>
internal sealed class SmtpLines(Stream stream)
{
    // RFC 5321 allows 512, and servers have been seen to say more.
    private const int MaxLineLength = 2_000;
    private const int MaxLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private int _next;
    private int _end;

    /// <summary>Whether something came that nobody has asked for yet.</summary>
    public bool HasUnread => _next < _end;

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => stream.WriteAsync(bytes, ct).AsTask();

    /// <summary>Writes a command.</summary>
    /// <exception cref="ArgumentException">It has more than one line.</exception>
    public Task WriteLineAsync(string line, CancellationToken ct) => line.AsSpan().ContainsAny('\r', '\n')
        ? throw new ArgumentException("A command is one line", nameof(line))
        : WriteAsync(Encoding.UTF8.GetBytes($"{line}\r\n"), ct);

    /// <summary>Reads the next reply whole.</summary>
    /// <exception cref="MailException">It is not SMTP, or the server is gone.</exception>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken ct)
    {
        List<string> lines = [];
        while (true)
        {
            var (code, text, isLast) = SmtpReply.ParseLine(await ReadLineAsync(ct)) ?? throw new MailException("The mail server does not speak SMTP");
            lines.Add(text);
            if (isLast) return new SmtpReply(code, lines);
            if (lines.Count == MaxLines) throw new MailException($"The mail server's reply has more than {MaxLines} lines");
        }
    }

    /// <summary>Reads up to LF, with CR before it or not.</summary>
    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        var line = new List<byte>();
        while (true)
        {
            if (!HasUnread) await FillAsync(ct);
            var octet = _buffer[_next++];
            if (octet == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            if (line.Count == MaxLineLength) throw new MailException($"The mail server's reply has a line of more than {MaxLineLength} bytes");
            line.Add(octet);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        (_next, _end) = (0, await stream.ReadAsync(_buffer, ct));
        if (_end == 0) throw new MailException("The mail server closed the connection");
    }
}
