using System.Net;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Tests.Outbound;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3")]
    [InlineData("100.64.0.1"), InlineData("100.127.255.255")]
    [InlineData("169.254.169.254")]
    [InlineData("192.0.0.8"), InlineData("192.0.2.1"), InlineData("192.88.99.1")]
    [InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.7"), InlineData("203.0.113.9")]
    [InlineData("224.0.0.251"), InlineData("239.255.255.255"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::7f00:1"), InlineData("::ffff:169.254.169.254"), InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b::127.0.0.1"), InlineData("64:ff9b::169.254.169.254"), InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("100::1"), InlineData("2001::1"), InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("5f00::1")]
    [InlineData("2002:7f00:1::"), InlineData("2002:a00:1::1"), InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("fe80::1"), InlineData("fe80::1%1"), InlineData("fec0::1"), InlineData("ff02::1")]
    public void Refuses_special_addresses_everywhere(string address)
    {
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsPrivate: false));
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsPrivate: true));
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("::1"), InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.1"), InlineData("10.255.255.255"), InlineData("::ffff:10.0.0.1")]
    [InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("fd00:ec2::254")]
    public void Lets_this_machine_and_its_networks_pass_only_where_the_operator_says_so(string address)
    {
        Assert.False(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsPrivate: false));
        Assert.True(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsPrivate: true));
    }

    [Theory]
    [InlineData("1.1.1.1"), InlineData("8.8.8.8"), InlineData("9.255.255.255"), InlineData("11.0.0.0"), InlineData("100.63.255.255"), InlineData("100.128.0.0")]
    [InlineData("126.255.255.255"), InlineData("128.0.0.0"), InlineData("172.15.255.255"), InlineData("172.32.0.0"), InlineData("192.167.255.255")]
    [InlineData("223.255.255.255"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::8.8.8.8"), InlineData("2606:4700:4700::1111"), InlineData("2001:4860:4860::8888")]
    public void Lets_public_addresses_pass(string address) => Assert.True(AddressGuard.IsAllowed(IPAddress.Parse(address), allowsPrivate: false));
}
