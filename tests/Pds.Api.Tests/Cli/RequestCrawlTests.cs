using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>request-crawl</c></summary>
public sealed class RequestCrawlTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Asks_the_relays_that_are_named()
    {
        await using var relay = await FakeRelay.StartAsync();

        var lines = (await CliRun.OnAsync(pds, "request-crawl", relay.Url)).Done().Lines;

        Assert.Contains("localhost", relay.Hostnames);
        Assert.StartsWith(relay.Url, lines[1]);
        Assert.EndsWith("will come", lines[1]);
    }

    [Fact]
    public async Task Shows_which_of_them_will_not_come_and_ends_with_1()
    {
        await using var relay = await FakeRelay.StartAsync();

        var run = await CliRun.OnAsync(pds, "--json", "request-crawl", relay.Url, "http://127.0.0.1:1");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("1 of 2 relays will not come", run.Errors);
        Assert.Equal([false, true], run.Json.EnumerateArray().Select(answer => answer.TryGetProperty("failure", out _)));
    }

    [Theory]
    [InlineData]
    [InlineData("relay.example.com")]
    public async Task Says_what_an_address_is(params string[] relays) =>
        (await CliRun.OnAsync(pds, ["request-crawl", .. relays])).Refused(ExitCode.Refused, "InvalidRequest: ");
}
