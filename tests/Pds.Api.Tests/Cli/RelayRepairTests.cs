using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>relay repair</c></summary>
public sealed class RelayRepairTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Tells_of_everybody_and_has_relays_come_for_it()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await using var relay = await FakeRelay.StartAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var lines = (await CliRun.OnAsync(pds, "relay", "repair", "--relay", relay.Url)).Done().Lines;

        Assert.Matches("^Told the firehose of [0-9]+ accounts$", lines[0]);
        Assert.EndsWith(": will come", Assert.Single(lines.Skip(1)));
        Assert.Equal(["localhost"], relay.Hostnames);
        foreach (var actor in new[] { alice, bob })
            Assert.Equal(["#account", "#sync"], (await firehose.NextAsync(2, actor.Did.Value)).Select(frame => frame.Type));
    }

    [Fact]
    public async Task Tells_of_those_that_are_named_alone()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.SignUpAsync("carol");
        await using var relay = await FakeRelay.StartAsync();

        var answer = (await CliRun.OnAsync(pds, "relay", "repair", alice.Handle, bob.Did.Value, "--relay", relay.Url, "--json")).Done().Json;

        Assert.Equal(2, answer.GetProperty("announced").GetInt32());
        Assert.Equal(1, answer.GetProperty("relays").GetArrayLength());
    }

    [Fact]
    public async Task Gives_new_revisions_where_it_is_told_to()
    {
        var alice = await pds.SignUpAsync();
        await using var relay = await FakeRelay.StartAsync();
        var before = await alice.GetLatestCommitAsync();

        (await CliRun.OnAsync(pds, "relay", "repair", alice.Handle, "--relay", relay.Url)).Done();
        Assert.Equal(before, await alice.GetLatestCommitAsync());
        (await CliRun.OnAsync(pds, "relay", "repair", alice.Handle, "--sign-anew", "--relay", relay.Url)).Done();

        Assert.True((await alice.GetLatestCommitAsync()).Rev.CompareTo(before.Rev) > 0);
    }

    [Fact]
    public async Task Ends_with_1_where_a_relay_does_not_come_an_account_is_not_here_or_no_relay_is_known()
    {
        var alice = await pds.SignUpAsync();

        var run = await CliRun.OnAsync(pds, "relay", "repair", alice.Handle, "--relay", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("1 of 1 relays will not come", run.Errors);

        (await CliRun.OnAsync(pds, "relay", "repair", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")).Refused(ExitCode.Refused, "only 0 are here");
        (await CliRun.OnAsync(pds, "relay", "repair", "nobody.test")).Refused(ExitCode.Refused, "nobody.test");
        (await CliRun.OnAsync(pds, "relay", "repair", alice.Handle)).Refused(ExitCode.Refused, "PDS_CRAWLERS");
    }

    [Fact]
    public async Task Says_what_an_account_is() => (await CliRun.OnAsync(pds, "relay", "repair", "not a handle")).Refused(ExitCode.Usage, "is not a DID or a handle");
}
