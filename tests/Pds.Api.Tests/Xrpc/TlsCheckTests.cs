using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

/// <summary>What a reverse proxy asks before it orders a certificate.</summary>
public sealed class TlsCheckTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task The_servers_own_name_and_its_accounts_names_are_to_have_certificates()
    {
        var alice = await pds.SignUpAsync();
        await pds.SignUpAsDidWebAsync("certified.test");

        foreach (var name in new[] { "localhost", alice.Handle, alice.Handle.ToUpperInvariant(), "certified.test" })
            Assert.Equal("""{"success":true}""", (await AskAsync($"?domain={name}")).Ok().ToString());
    }

    [Fact]
    public async Task A_did_web_keeps_its_certificate_when_its_account_has_another_name_and_when_it_is_switched_off()
    {
        var alice = await pds.SignUpAsDidWebAsync("renamed.test");

        (await alice.PostAsync("com.atproto.identity.updateHandle", new { handle = "renamed-by-now.test" })).Ok();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        (await AskAsync("?domain=renamed.test")).Ok(); // its document is there
    }

    [Theory]
    [InlineData("", "bad or missing domain query param")]
    [InlineData("?domain=", "bad or missing domain query param")]
    [InlineData("?domain=localhost&domain=localhost", "bad or missing domain query param")]
    [InlineData("?domain=www.example.com", "handles are not provided on this domain")]
    [InlineData("?domain=127.0.0.1", "handles are not provided on this domain")]
    [InlineData("?domain=test", "handles are not provided on this domain")]
    [InlineData("?domain=*.test", "handles are not provided on this domain")]
    [InlineData("?domain=alice.test%00", "handles are not provided on this domain")]
    public async Task Names_that_cannot_be_here_are_to_have_none(string query, string message) =>
        Assert.Equal(message, (await AskAsync(query)).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Names_that_nobody_has_are_to_have_none()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await AskAsync("?domain=nobody-here.test")).Refused(404, "NotFound");
        (await AskAsync($"?domain={alice.Handle}")).Refused(404, "NotFound");
    }

    private Task<XrpcAnswer> AskAsync(string query) => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/tls-check{query}"));
}
