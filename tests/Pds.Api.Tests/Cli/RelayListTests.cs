using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>relay list</c></summary>
public sealed class RelayListTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Shows_how_far_each_relay_is_behind()
    {
        await pds.SignUpAsync();
        await using var even = await FakeRelay.StartAsync();
        await using var behind = await FakeRelay.StartAsync();
        await using var ahead = await FakeRelay.StartAsync();
        await using var ignorant = await FakeRelay.StartAsync();
        var seq = (await CliRun.OnAsync(pds, "relay", "list", "--json", ignorant.Url)).Done().Json.GetProperty("seq").GetInt64();
        even.Hosts["localhost"] = new { hostname = "localhost", status = "active", seq, accountCount = 1 };
        behind.Hosts["localhost"] = new { hostname = "localhost", status = "idle", seq = seq - 3_725_000_000, accountCount = 1 };
        ahead.Hosts["localhost"] = new { hostname = "localhost", status = "active", seq = seq + 1, accountCount = 1 };

        var lines = (await CliRun.OnAsync(pds, "relay", "list", even.Url, behind.Url, ahead.Url, ignorant.Url)).Done().Lines;

        Assert.StartsWith("localhost", lines[1]);
        Assert.Contains($"{seq}", lines[1]);
        Assert.EndsWith($"{seq}  no", lines[2]);
        Assert.EndsWith("01:02:05", lines[3]);
        Assert.EndsWith("ahead: this server has forgotten events", lines[4]);
        Assert.EndsWith("The relay does not know localhost", lines[5]);
    }

    [Fact]
    public async Task Without_a_relay_it_shows_this_server_and_ends_with_1()
    {
        var run = await CliRun.OnAsync(pds, "relay", "list");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("PDS_CRAWLERS", run.Errors);
        Assert.StartsWith("localhost", run.Lines[1]);
    }
}
