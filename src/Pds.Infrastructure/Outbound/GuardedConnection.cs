using System.Net;
using System.Net.Sockets;
using Pds.Application.Options;

namespace Pds.Infrastructure.Outbound;

/// <summary>Looks a host up and connects to what was found, checking the very addresses it connects to: a name that changes its mind between a check and a connection gains nothing.</summary>
internal sealed class GuardedConnection(OutboundOptions options, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    public GuardedConnection(OutboundOptions options) : this(options, Dns.GetHostAddressesAsync)
    {
    }

    /// <exception cref="OutboundException">Every address of the host is one that may not be connected to.</exception>
    public async ValueTask<Stream> OpenAsync(DnsEndPoint host, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await lookUp(host.Host, ct);
        var allowed = Array.FindAll(addresses, address => AddressGuard.IsAllowed(address, options.AllowPrivateAddresses));
        if (allowed.Length == 0) throw new OutboundException($"{host.Host} has no public address");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
