using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Pds.Infrastructure.Identity.Dns;

/// <summary>Asks DNS servers for TXT records, which the framework cannot (docs/adr/0021): over UDP, and over TCP what does not fit.</summary>
internal sealed class DnsTxtLookup(TimeProvider time)
{
    private const int Port = 53;

    /// <summary>The servers of this machine; read anew each time, since a network may change.</summary>
    public static IReadOnlyList<IPEndPoint> SystemNameservers() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().DnsAddresses)
            .Where(address => !address.IsIPv6SiteLocal) // Windows makes these up where there is none
            .Distinct()
            .Select(address => new IPEndPoint(address, Port)),
    ];

    /// <summary>A name's TXT records, from the first server that knows; each is asked twice.</summary>
    /// <param name="name">Labels of 1 to 63 ASCII characters between dots, 253 in all.</param>
    /// <param name="servers">Whom to ask, in order.</param>
    /// <param name="timeout">For all of them together.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null where none of them could say.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(string name, IReadOnlyList<IPEndPoint> servers, TimeSpan timeout, CancellationToken ct)
    {
        IPEndPoint[] tries = [.. servers, .. servers];
        foreach (var server in tries)
        {
            if (await AskAsync(name, server, timeout / tries.Length, ct) is { IsFinal: true } answer) return answer.Texts;
        }

        return null;
    }

    private async Task<DnsAnswer?> AskAsync(string name, IPEndPoint server, TimeSpan timeout, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        var id = BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(2));
        try
        {
            var answer = await AskByUdpAsync(id, name, server, either.Token);
            return answer.IsTruncated ? await AskByTcpAsync(id, name, server, either.Token) : answer;
        }
        catch (Exception failure) when (failure is SocketException or IOException or FormatException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static async Task<DnsAnswer> AskByUdpAsync(ushort id, string name, IPEndPoint server, CancellationToken ct)
    {
        // A new socket has a new random port, which a forger has to guess too; connected, it takes messages from that server alone.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, ct);
        await socket.SendAsync(DnsMessage.Query(id, name), ct);

        var buffer = new byte[DnsMessage.MaxUdpBytes];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, ct);
            if (DnsMessage.TryRead(buffer.AsSpan(0, length), id, name) is { } answer) return answer;
        }
    }

    private static async Task<DnsAnswer?> AskByTcpAsync(ushort id, string name, IPEndPoint server, CancellationToken ct)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, ct);
        await using var stream = new NetworkStream(socket, ownsSocket: false);

        var query = DnsMessage.Query(id, name);
        byte[] framed = [(byte)(query.Length >> 8), (byte)query.Length, .. query];
        await stream.WriteAsync(framed, ct);

        var size = new byte[2];
        await stream.ReadExactlyAsync(size, ct);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(size)];
        await stream.ReadExactlyAsync(message, ct);
        return DnsMessage.TryRead(message, id, name);
    }
}
