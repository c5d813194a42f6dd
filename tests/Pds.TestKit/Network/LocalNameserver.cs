using System.Net;
using System.Net.Sockets;

namespace Pds.TestKit;

/// <summary>A DNS server on loopback that answers as a test says: over UDP, and over TCP on the same port.</summary>
public sealed class LocalNameserver : IDisposable
{
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;

    /// <param name="byUdp">The reply to a query; null for none.</param>
    /// <param name="byTcp">The same over TCP.</param>
    public LocalNameserver(Func<byte[], byte[]?> byUdp, Func<byte[], byte[]>? byTcp = null)
    {
        (_udp, _tcp) = Bind();
        _ = ServeUdpAsync(byUdp);
        if (byTcp is not null) _ = ServeTcpAsync(byTcp);
    }

    public IPEndPoint Address => (IPEndPoint)_udp.Client.LocalEndPoint!;

    /// <summary>How often it was asked over UDP.</summary>
    public int Asked { get; private set; }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private static (UdpClient Udp, TcpListener Tcp) Bind()
    {
        while (true)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            try
            {
                return (new UdpClient((IPEndPoint)tcp.LocalEndpoint), tcp);
            }
            catch (SocketException) // somebody else's UDP port
            {
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync(Func<byte[], byte[]?> answer)
    {
        try
        {
            while (true)
            {
                var query = await _udp.ReceiveAsync();
                Asked++;
                if (answer(query.Buffer) is { } reply) await _udp.SendAsync(reply, query.RemoteEndPoint);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync(Func<byte[], byte[]> answer)
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length);
                var query = new byte[(length[0] << 8) | length[1]];
                await stream.ReadExactlyAsync(query);
                var reply = answer(query);
                await stream.WriteAsync((byte[])[(byte)(reply.Length >> 8), (byte)reply.Length, .. reply]);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
