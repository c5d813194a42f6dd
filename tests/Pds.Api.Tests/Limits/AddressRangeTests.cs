using System.Net;
using Pds.Api.Limits;

namespace Pds.Api.Tests.Limits;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7/0", "0.0.0.0/0")]
    [InlineData("203.0.113.255/31", "203.0.113.254/31")]
    [InlineData("2001:db8::7", "2001:db8::7/128")]
    [InlineData("2001:db8:ffff::7/36", "2001:db8:f000::/36")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32")]
    public void Reads_an_address_or_a_range(string text, string range)
    {
        Assert.True(AddressRange.TryParse(text, out var read));
        Assert.Equal(range, read.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("203.0.113.7/33")]
    [InlineData("203.0.113.7/-1")]
    [InlineData("203.0.113.7/")]
    [InlineData("203.0.113.7/24/24")]
    [InlineData("2001:db8::/129")]
    public void Reads_nothing_else(string text) => Assert.False(AddressRange.TryParse(text, out _));

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", true)]
    [InlineData("203.0.114.7", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void Knows_what_is_in_it(string address, bool isIn)
    {
        IPNetwork[] ranges = [IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("2001:db8::/32")];

        Assert.Equal(isIn, AddressRange.Contains(ranges, IPAddress.Parse(address)));
    }
}
