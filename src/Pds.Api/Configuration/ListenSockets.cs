using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Pds.Api.Configuration;

/// <summary>The sockets the server is reached through. They are bound while configuring, because port 0 has a number only then.</summary>
internal sealed class ListenSockets : IDisposable
{
    // Kestrel sets its own when it takes over; until then clients queue here.
    private const int Backlog = 512;

    private readonly List<Socket> _sockets = [];

    private ListenSockets()
    {
    }

    /// <summary>The port, the same for all of them.</summary>
    public int Port { get; private set; }

    public IReadOnlyList<IPEndPoint> EndPoints => [.. _sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];

    /// <param name="address">Null for loopback, of both IP versions where the machine has them: a browser may try either for <c>localhost</c>.</param>
    /// <param name="port">0 lets the system choose.</param>
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static ListenSockets Bind(IPAddress? address, int port)
    {
        var sockets = new ListenSockets();
        try
        {
            sockets.Port = sockets.Add(address ?? IPAddress.Loopback, port);
            if (address is null) sockets.TryAdd(IPAddress.IPv6Loopback, sockets.Port);
            return sockets;
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }

    /// <summary>Every interface, of both IP versions where the machine has them.</summary>
    public static IPAddress AllInterfaces => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>Gives them to Kestrel, which closes them when it stops; whatever other addresses are configured do not count.</summary>
    public void ServeOn(IWebHostBuilder host) => host
        .UseKestrel(kestrel =>
        {
            foreach (var endPoint in EndPoints) kestrel.Listen(endPoint);
        })
        .UseSockets(transport => transport.CreateBoundListenSocket = endPoint =>
            _sockets.Find(socket => endPoint.Equals(socket.LocalEndPoint)) ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint));

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private int Add(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen(Backlog); // until it listens, somebody else could still take the port
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void TryAdd(IPAddress address, int port)
    {
        try
        {
            Add(address, port);
        }
        catch (SocketException)
        {
            _sockets[^1].Dispose();
            _sockets.RemoveAt(_sockets.Count - 1);
        }
    }
}
