using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Pds.Api.Limits;

/// <summary>Who is at the other end. Behind a reverse proxy that is whom the proxy says, and never whom a stranger says.</summary>
internal static class ClientAddress
{
    /// <summary>What one subscriber is given at least: within it an IPv6 client may change its address as it likes.</summary>
    private const int SubscriberPrefix = 64;

    /// <summary>Loopback, link-local and unique-local addresses: reverse proxies of the operator's own are there.</summary>
    private static readonly IPNetwork[] Near =
    [
        .. new[] { "127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7" }.Select(range => IPNetwork.Parse(range)),
    ];

    /// <summary>From the right of X-Forwarded-For, the first address that is neither near nor the operator's: what stands to its left is hearsay.</summary>
    public static void Configure(ForwardedHeadersOptions forwarding, RateLimitOptions limits)
    {
        forwarding.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarding.ForwardLimit = null;
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        foreach (var range in Near.Concat(limits.BypassNetworks)) forwarding.KnownIPNetworks.Add(range);
    }

    /// <summary>The address as limits count it: an IPv6 address without what its subscriber can choose.</summary>
    public static IPAddress Of(HttpContext http)
    {
        var address = Exact(http);
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? AddressRange.Begin(address, SubscriberPrefix) : address;
    }

    /// <summary>The address as people are shown it.</summary>
    public static IPAddress Exact(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Whether it may be a proxy's that does not say for whom it asks: then many clients share it.</summary>
    public static bool IsShared(IPAddress address) => AddressRange.Contains(Near, address);
}
