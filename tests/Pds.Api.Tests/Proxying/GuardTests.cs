using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>Where strangers' documents may send this server, and where only the operator may.</summary>
public sealed class GuardTests(GuardTests.Guarded pds) : IClassFixture<GuardTests.Guarded>
{
    [Fact]
    public async Task The_operators_services_may_be_on_loopback() => (await (await pds.SignUpAsync()).GetAsync("com.example.thing.get")).Ok();

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_document_leads_to_no_private_address(string scheme)
    {
        var alice = await pds.SignUpAsync();
        var bob = await pds.SignUpAsync("bob");
        await pds.ChangeIdentityAsync(bob.Did, state => state with
        {
            Services = new Dictionary<string, Domain.Plc.PlcService>(state.Services) { ["fake"] = new("FakeService", $"{scheme}://127.0.0.1:{new Uri(pds.Other.Url).Port}") },
        });
        var request = new HttpRequestMessage(HttpMethod.Get, "/xrpc/com.example.thing.get");
        request.Headers.Add("atproto-proxy", $"{bob.Did}#fake");

        (await alice.SendAsync(request)).Refused(502, "UpstreamFailure");

        Assert.Empty(pds.Other.Calls);
    }

    /// <summary>As a public server is set up: what users give must be public.</summary>
    public sealed class Guarded : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Pds:Outbound:AllowPrivateAddresses"] = "false" };
    }
}
