using System.Net;
using System.Net.Sockets;

namespace Pds.TestKit;

/// <summary>Ports for servers whose address must outlast a restart. Others take one from the system when they start, which is safer.</summary>
public static class Ports
{
    /// <summary>One that nobody listened at a moment ago.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
