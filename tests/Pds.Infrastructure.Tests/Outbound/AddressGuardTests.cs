using System.Net;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Tests.Outbound;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00::1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")] // by way of a translator
    public void Lets_through_what_is_public(string address)
    {
        Assert.True(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: false));
        Assert.True(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: true));
    }

    [Theory]
    [InlineData("0.0.0.0")] // "this host": Linux connects it to itself
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")] // carriers' own
    [InlineData("100.127.255.255")]
    [InlineData("169.254.169.254")] // where clouds keep credentials
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")] // documentation
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")] // Teredo
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("2002:7f00:1::")] // 6to4 of 127.0.0.1
    [InlineData("2002:101:101::")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")] // translators' own
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::10.0.0.1")] // "compatible", of old
    [InlineData("::1.1.1.1")]
    [InlineData("100::1")] // discard
    [InlineData("5f00::1")]
    public void Stops_what_is_not_whether_or_not_loopback_is_allowed(string address)
    {
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: false));
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: true));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Lets_a_sandbox_alone_reach_itself(string address)
    {
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: false));
        Assert.True(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsLoopback: true));
    }
}
