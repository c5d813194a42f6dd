using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pds.TestKit;

/// <summary>One TCP connection on which HTTP/1.1 is written by hand: for what HTTP clients do not send, and for who comes after it.</summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(string url)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(IPAddress.Loopback, new Uri(url).Port);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _client.GetStream().WriteAsync(bytes);

    /// <summary>The next answer; it must say how long it is.</summary>
    public async Task<XrpcAnswer> ReadAnswerAsync()
    {
        var head = await ReadHeadAsync();
        using var patience = new CancellationTokenSource(Patience);
        var body = new byte[int.Parse(head.Headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await _client.GetStream().ReadExactlyAsync(body, patience.Token);
        return head with { Body = body };
    }

    /// <summary>The next answer without its body: what a HEAD is answered with.</summary>
    public async Task<XrpcAnswer> ReadHeadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var lines = (await ReadLinesAsync(patience.Token)).Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);
        return new XrpcAnswer((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), [], headers);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> ReadLinesAsync(CancellationToken ct)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _client.GetStream().ReadExactlyAsync(one, ct);
            head.Append((char)one[0]);
        }

        return head.ToString()[..^4];
    }
}
