using System.Net;
using System.Net.Sockets;

namespace Pds.Infrastructure.Outbound;

/// <summary>Which addresses a stranger may make this server connect to: public ones of single hosts, and no others.</summary>
/// <remarks>After the registries of special-purpose addresses: RFC 6890 and https://www.iana.org/assignments/iana-ipv6-special-registry.</remarks>
internal static class AddressGuard
{
    private static readonly IPNetwork[] SpecialV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork UnicastV6 = IPNetwork.Parse("2000::/3"); // all that has been given out

    // IETF protocols with Teredo among them, documentation twice, and 6to4, which has a v4 address inside.
    private static readonly IPNetwork[] SpecialV6 = Networks("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16");

    // NAT64: a v4 address in the last four bytes, reached by way of a translator (RFC 6052).
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsAllowed(IPAddress address, bool allowsLoopback)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return allowsLoopback;
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => IsPublicV4(address),
            AddressFamily.InterNetworkV6 => IsPublicV6(address),
            _ => false,
        };
    }

    private static bool IsPublicV4(IPAddress address) => !Array.Exists(SpecialV4, network => network.Contains(address));

    private static bool IsPublicV6(IPAddress address)
    {
        if (Translated.Contains(address)) return IsPublicV4(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return UnicastV6.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address));
    }

    private static IPNetwork[] Networks(params ReadOnlySpan<string> texts)
    {
        var networks = new IPNetwork[texts.Length];
        for (var i = 0; i < texts.Length; i++) networks[i] = IPNetwork.Parse(texts[i]);
        return networks;
    }
}
