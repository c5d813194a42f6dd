using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.requestCrawl</c></summary>
public sealed class RequestCrawlTests(RelayedPds pds) : IClassFixture<RelayedPds>
{
    private const string Method = "local.pds.admin.requestCrawl";

    [Fact]
    public async Task Tells_the_relays_of_the_settings_where_this_server_is()
    {
        var answer = (await pds.Admin.PostAsync(Method, new { })).Ok();

        Assert.Contains("localhost", pds.Relay.Hostnames);
        var relay = Assert.Single(answer.GetProperty("relays").EnumerateArray());
        Assert.False(relay.TryGetProperty("failure", out _));
    }

    [Fact]
    public async Task Says_of_each_relay_why_it_does_not_come()
    {
        await using var refusing = await FakeRelay.StartAsync();
        refusing.Refusal = new { error = "HostBanned", message = "no more of you" };

        var answer = (await pds.Admin.PostAsync(Method, new { relays = new[] { refusing.Url, "http://127.0.0.1:1" } })).Ok();

        var failures = answer.GetProperty("relays").EnumerateArray().Select(relay => relay.GetProperty("failure").GetString());
        Assert.Equal(["The relay refuses: HostBanned no more of you", "The relay cannot be reached"], failures);
    }

    [Theory]
    [InlineData("ftp://relay.example")]
    [InlineData("/relative")]
    public async Task Refuses_what_is_no_address(string relay) =>
        (await pds.Admin.PostAsync(Method, new { relays = new[] { relay } })).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync(Method, new { })).Refused(401, "AuthenticationRequired");
    }
}
