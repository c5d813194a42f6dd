using System.Net;
using System.Net.Sockets;

namespace Pds.Infrastructure.Tests.Identity.Dns;

/// <summary>A DNS server of the test's own, over UDP and TCP on one port, which answers as the test says; null is silence.</summary>
internal sealed class LocalDns : IDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _tcp;
    private readonly Func<byte[], bool, IEnumerable<byte[]>> _answer;
    private int _questions;

    /// <param name="answer">From a question, and whether it came by TCP, to the messages to send.</param>
    public LocalDns(Func<byte[], bool, IEnumerable<byte[]>> answer)
    {
        _answer = answer;
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _tcp = new TcpListener(EndPoint);
        _tcp.Start();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public IPEndPoint EndPoint { get; }

    public int Questions => _questions;

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            var question = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
            Interlocked.Increment(ref _questions);
            foreach (var message in _answer(buffer[..question.ReceivedBytes], false)) await _udp.SendToAsync(message, question.RemoteEndPoint);
        }
    }

    private async Task ServeTcpAsync()
    {
        while (true)
        {
            using var client = await _tcp.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var size = new byte[2];
            await stream.ReadExactlyAsync(size);
            var question = new byte[(size[0] << 8) | size[1]];
            await stream.ReadExactlyAsync(question);
            foreach (var message in _answer(question, true)) await stream.WriteAsync((byte[])[(byte)(message.Length >> 8), (byte)message.Length, .. message]);
        }
    }
}
