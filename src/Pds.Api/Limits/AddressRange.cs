using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Pds.Api.Limits;

/// <summary>One address, or all that begin alike: <c>203.0.113.7</c>, <c>203.0.113.0/24</c>, <c>2001:db8::/32</c>.</summary>
internal static class AddressRange
{
    /// <exception cref="FormatException">It is none.</exception>
    public static IPNetwork Parse(string text) => TryParse(text, out var range) ? range.Value : throw new FormatException($"'{text}' is no range of addresses");

    /// <summary>Reads one; what stands behind the prefix does not matter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPNetwork? range)
    {
        range = null;
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)) return false;
        if (address.IsIPv4MappedToIPv6 && parts.Length == 1) address = address.MapToIPv4();

        var most = address.GetAddressBytes().Length * 8;
        var length = most;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most)) return false;
        range = new IPNetwork(Begin(address, length), length);
        return true;
    }

    /// <summary>Whether an address, an IPv4 address in IPv6's clothes too, is in one of them.</summary>
    public static bool Contains(IReadOnlyList<IPNetwork> ranges, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var range in ranges)
            if (range.Contains(plain)) return true;
        return false;
    }

    /// <summary>The address with everything behind its first bits cleared.</summary>
    public static IPAddress Begin(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
