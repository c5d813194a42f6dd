using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Pds.TestKit;

/// <summary>A WebSocket by hand, for what <see cref="System.Net.WebSockets.ClientWebSocket"/> hides: pings, and a goodbye without an answer.</summary>
public sealed class RawSocket : IAsyncDisposable
{
    public const int Binary = 2;

    public const int Close = 8;

    public const int Pong = 10;

    private const int Ping = 9;
    private const int IsFinal = 0x80;
    private const int IsMasked = 0x80;
    private const int HasLongLength = 126;

    private readonly TcpClient _client = new();

    private RawSocket()
    {
    }

    public static async Task<RawSocket> OpenAsync(string url, string path)
    {
        var socket = new RawSocket();
        var address = new Uri(url);
        await socket._client.ConnectAsync(address.Host, address.Port);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await socket._client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"));
        var answer = await socket.ReadHeadAsync();
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new InvalidOperationException(answer);
        return socket;
    }

    public async Task SendPingAsync(byte[] payload)
    {
        var mask = RandomNumberGenerator.GetBytes(4);
        byte[] masked = [.. payload.Select((value, i) => (byte)(value ^ mask[i % 4]))];
        await _client.GetStream().WriteAsync((byte[])[IsFinal | Ping, (byte)(IsMasked | payload.Length), .. mask, .. masked]);
    }

    /// <summary>The next frame, of any kind, if it has less than 64 KiB.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] == HasLongLength ? BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(sizeof(ushort))) : head[1];
        return (head[0] & 0x0F, await ReadAsync(length));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)(await ReadAsync(1))[0]);
        return head.ToString();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
