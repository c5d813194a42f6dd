using System.Net;
using Pds.Api.Limits;
using XrpcAnswer = Pds.TestKit.XrpcAnswer;

namespace Pds.Api.Tests.Limits;

public sealed class BypassTests(LimitedPds pds) : IClassFixture<LimitedPds>
{
    private const string DescribeServer = "com.atproto.server.describeServer";

    [Fact]
    public async Task Whoever_knows_the_key_is_not_counted()
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 3000);

        var answer = await SendAsync(address, LimitedPds.BypassKey);

        answer.Ok();
        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("open sesam")]
    [InlineData("Open sesame")]
    [InlineData("open sesame, open sesame")]
    [InlineData("")]
    public async Task Whoever_guesses_is(string guess)
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 3000);

        (await SendAsync(address, guess)).Refused(429, "RateLimitExceeded");
    }

    [Theory]
    [InlineData(LimitedPds.BypassAddress)]
    [InlineData("::ffff:203.0.113.9")]
    [InlineData("198.18.7.7")]
    [InlineData("198.19.255.255")]
    public async Task Addresses_of_the_operators_are_not_counted(string address)
    {
        var answer = await pds.From(address).GetAsync(DescribeServer);

        answer.Ok();
        Assert.False(answer.Headers.ContainsKey("RateLimit-Limit"));
    }

    [Theory]
    [InlineData("203.0.113.8")]
    [InlineData("198.20.0.1")]
    public async Task Their_neighbours_are(string address) => Assert.Equal("3000", (await pds.From(address).GetAsync(DescribeServer)).Headers["RateLimit-Limit"]);

    [Fact]
    public async Task What_stands_left_of_a_stranger_is_not_believed()
    {
        var stranger = pds.NewAddress();
        pds.Use(Limit.Global.Door, stranger, 2000);

        Assert.Equal("999", await RemainingAsync($"{LimitedPds.BypassAddress}, {stranger}"));
        Assert.Equal("998", await RemainingAsync($"192.0.2.250, {stranger}"));
        Assert.Equal("997", await RemainingAsync($"192.0.2.250, {stranger}, 10.0.0.1, {LimitedPds.BypassAddress}, 127.0.0.1, fd00::1"));
        Assert.Equal("996", await RemainingAsync($"{stranger}:4711"));
    }

    [Fact]
    public async Task What_is_no_address_does_not_hide_the_one_that_is()
    {
        pds.Use(Limit.Global.Door, IPAddress.Loopback.ToString(), 1);

        var before = int.Parse(await RemainingAsync("not an address"), System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal($"{before - 1}", await RemainingAsync("neither, nor"));
    }

    [Fact]
    public async Task An_ipv6_client_is_its_network()
    {
        Assert.Equal("2999", await RemainingAsync("2001:db8:0:1::1"));
        Assert.Equal("2998", await RemainingAsync("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        Assert.Equal("2997", await RemainingAsync("[2001:db8:0:1::7]:443"));
        Assert.Equal("2999", await RemainingAsync("2001:db8:0:2::1"));
    }

    private async Task<string> RemainingAsync(string forwardedFor) => (await pds.From(forwardedFor).GetAsync(DescribeServer)).Headers["RateLimit-Remaining"];

    private Task<XrpcAnswer> SendAsync(string address, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{DescribeServer}");
        request.Headers.TryAddWithoutValidation("x-ratelimit-bypass", key);
        return pds.From(address).SendAsync(request);
    }
}
