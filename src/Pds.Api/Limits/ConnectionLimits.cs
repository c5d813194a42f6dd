using Microsoft.AspNetCore.Server.Kestrel.Core;
using Pds.Api.Configuration;

namespace Pds.Api.Limits;

/// <summary>What a connection may cost before anything is known of who is behind it.</summary>
internal static class ConnectionLimits
{
    /// <summary>In bytes; more is answered 431.</summary>
    private const int MaxHeaders = 16 * 1024;

    /// <summary>In bytes, of the first line of a request; more is answered 414. An OAuth client that is being written has all its scopes in its name, and that in an address.</summary>
    private const int MaxRequestLine = 16 * 1024;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    /// <summary>One byte at a time holds a connection and what belongs to it for hours. Slower than this, after a while of grace, and it is closed.</summary>
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public static void Apply(KestrelServerLimits limits, PdsOptions options)
    {
        limits.KeepAliveTimeout = KeepAlive;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.MaxRequestHeadersTotalSize = MaxHeaders;
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestBodySize = null; // see RequestBodies
        limits.MinRequestBodyDataRate = Slowest;
        limits.MinResponseDataRate = Slowest;
        limits.MaxConcurrentConnections = options.Connections.MaxConnections;
    }
}
