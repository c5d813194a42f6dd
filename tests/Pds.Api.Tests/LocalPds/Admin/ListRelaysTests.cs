using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.listRelays</c></summary>
public sealed class ListRelaysTests(RequestCrawlTests.WithRelay pds) : IClassFixture<RequestCrawlTests.WithRelay>
{
    private const string Method = "local.pds.admin.listRelays";

    [Fact]
    public async Task Shows_what_the_relays_of_the_settings_know_beside_what_there_is_to_know()
    {
        var alice = await pds.SignUpAsync();
        pds.Relay.Hosts["localhost"] = new { hostname = "localhost", status = "throttled", seq = 17, accountCount = 3, more = new[] { 1 } };
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        (await alice.CreateRecordAsync(Records.Post())).Ok();

        var answer = (await pds.Admin.GetAsync(Method)).Ok();

        Assert.Equal("localhost", answer.GetProperty("hostname").GetString());
        Assert.Equal((await firehose.NextAsync()).Seq, answer.GetProperty("seq").GetInt64());
        Assert.InRange(answer.GetProperty("accountCount").GetInt64(), 1, 10);
        var relay = Assert.Single(answer.GetProperty("relays").EnumerateArray());
        Assert.Equal(
            (pds.Relay.Url, "throttled", 17, 3),
            (relay.GetProperty("relay").GetString(), relay.GetProperty("status").GetString(), relay.GetProperty("seq").GetInt32(), relay.GetProperty("accountCount").GetInt32()));
        Assert.False(relay.TryGetProperty("failure", out _));
    }

    [Fact]
    public async Task Says_of_each_relay_why_nothing_is_known()
    {
        await using var ignorant = await FakeRelay.StartAsync();
        await using var odd = await FakeRelay.StartAsync();
        odd.Hosts["localhost"] = "nonsense";
        await using var silent = await FakeRelay.StartAsync();
        silent.Hosts["localhost"] = new { hostname = "localhost" };

        var relays = (await ListAsync(ignorant.Url, odd.Url, "http://127.0.0.1:1", pds.Url, silent.Url)).Ok().GetProperty("relays").EnumerateArray().ToList();

        Assert.Equal(
            ["The relay does not know localhost", "The relay answers nonsense", "The relay cannot be reached", "The relay refuses: InvalidRequest No service configured for com.atproto.sync.getHostStatus", null],
            relays.Select(relay => relay.TryGetProperty("failure", out var failure) ? failure.GetString() : null));
        Assert.Equal([], relays[4].EnumerateObject().Select(field => field.Name).Except(["relay"]));
    }

    [Theory]
    [InlineData("ftp://relay.example")]
    [InlineData("relay.example")]
    public async Task Refuses_what_is_no_address(string relay) => (await ListAsync(relay)).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Refuses_more_than_it_asks_at_once() =>
        (await ListAsync([.. Enumerable.Range(0, 21).Select(i => $"http://127.0.0.1:{i + 1}")])).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method)).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthenticationRequired");
    }

    private Task<XrpcAnswer> ListAsync(params string[] relays) => pds.Admin.GetAsync($"{Method}?{string.Join('&', relays.Select(relay => $"relays={Uri.EscapeDataString(relay)}"))}");
}
