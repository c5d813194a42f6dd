using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Sequencing;
using Pds.Domain.Data;

namespace Pds.TestKit;

/// <summary>A subscriber of the firehose. Reads as fast as it can, and keeps everything in order.</summary>
public sealed class FirehoseReader : IAsyncDisposable
{
    // What the system takes in for a reader that does not read, in bytes.
    private const int SmallBuffer = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly Channel<Frame> _frames = Channel.CreateUnbounded<Frame>();
    private Task _reading = Task.CompletedTask;

    private FirehoseReader()
    {
    }

    /// <summary>One frame, decoded.</summary>
    /// <param name="Op">1 for a message, -1 for an error.</param>
    /// <param name="Type"><c>#commit</c> and so on; null for an error.</param>
    /// <param name="Bytes">The frame as it was sent.</param>
    public sealed record Frame(long Op, string? Type, LexObject Body, byte[] Bytes)
    {
        public long Seq => ((LexInteger)Body["seq"]!).Value;

        /// <summary>The account it is about.</summary>
        public string Did => Body.Text("did") ?? Body.Text("repo")!;
    }

    /// <summary>Why the server closed; null while it has not.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Ends when the server has closed.</summary>
    public Task Closed => _reading;

    public static async Task<FirehoseReader> OpenAsync(string url, string query = "")
    {
        var reader = new FirehoseReader();
        await reader._socket.ConnectAsync(AddressOf(url, query), CancellationToken.None);
        reader._reading = Task.Run(reader.ReadAsync);
        return reader;
    }

    /// <summary>The one subscriber of a server, from now on: whatever happens after this has ended is sent to it.</summary>
    /// <remarks>A socket is open a moment before its subscriber has joined, and what happens in between is not for one without a cursor.</remarks>
    public static async Task<FirehoseReader> ListenAsync(PdsFixture pds)
    {
        var sequencer = pds.Services.GetRequiredService<Sequencer>();
        await Eventually.IsTrueAsync(() => sequencer.Count == 0); // those of earlier tests leave
        var reader = await OpenAsync(pds.Url);
        await Eventually.IsTrueAsync(() => sequencer.Count == 1);
        return reader;
    }

    /// <summary>A subscriber that reads nothing before <paramref name="mayRead"/> ends, and for whom the system keeps as little as it can.</summary>
    public static async Task<FirehoseReader> OpenSlowAsync(string url, Task mayRead)
    {
        var reader = new FirehoseReader();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = ConnectSmallAsync }, disposeHandler: false);
        await reader._socket.ConnectAsync(AddressOf(url, ""), http, CancellationToken.None);
        reader._reading = Task.Run(async () =>
        {
            await mayRead;
            await reader.ReadAsync();
        });
        return reader;
    }

    /// <summary>The next frame; fails when none comes.</summary>
    public async Task<Frame> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _frames.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next frames about one account.</summary>
    public async Task<IReadOnlyList<Frame>> NextAsync(int count, string did)
    {
        var frames = new List<Frame>();
        while (frames.Count < count)
        {
            var frame = await NextAsync();
            if (frame.Did == did) frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Everything until the server closes.</summary>
    public async Task<IReadOnlyList<Frame>> ToEndAsync()
    {
        await _reading.WaitAsync(Patience);
        var frames = new List<Frame>();
        while (_frames.Reader.TryRead(out var frame)) frames.Add(frame);
        return frames;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private static Uri AddressOf(string url, string query) => new($"{url.Replace("http", "ws", StringComparison.Ordinal)}/xrpc/com.atproto.sync.subscribeRepos{query}");

    private static async ValueTask<Stream> ConnectSmallAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };
        await socket.ConnectAsync(context.DnsEndPoint, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    break;
                }

                message.Write(buffer, 0, received.Count);
                if (!received.EndOfMessage) continue;
                await _frames.Writer.WriteAsync(Decode(message.ToArray()));
                message.SetLength(0);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server, or the test, ended it without a goodbye.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }

    private static Frame Decode(byte[] bytes)
    {
        var reader = new DagCborReader(bytes);
        var header = (LexObject)reader.ReadValue();
        var body = (LexObject)reader.ReadValue();
        reader.EnsureEnd();
        return new Frame(((LexInteger)header["op"]!).Value, header.Text("t"), body, bytes);
    }
}
