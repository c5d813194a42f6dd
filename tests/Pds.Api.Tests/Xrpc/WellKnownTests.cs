using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class WellKnownTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task The_host_that_is_asked_for_says_whose_did_is_meant()
    {
        var alice = await pds.SignUpAsync();
        var bob = await pds.SignUpAsync("bob");

        foreach (var host in new[] { alice.Handle, alice.Handle.ToUpperInvariant(), $"{alice.Handle}:8080" })
        {
            var answer = await AskAsync(host);
            Assert.Equal(200, (int)answer.Status);
            Assert.Equal(alice.Did.Value, answer.Text);
            Assert.StartsWith("text/plain", answer.Headers["Content-Type"], StringComparison.Ordinal);
        }

        Assert.Equal(bob.Did.Value, (await AskAsync(bob.Handle)).Text);
    }

    [Theory]
    [InlineData("nobody-here.test")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("example.com")]
    public async Task A_host_that_is_nobodys_handle_is_not_found(string host)
    {
        var answer = await AskAsync(host);

        Assert.Equal(404, (int)answer.Status);
        Assert.Equal("User not found", answer.Text);
    }

    [Fact]
    public async Task An_account_that_was_taken_down_has_no_name()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        Assert.Equal(404, (int)(await AskAsync(alice.Handle)).Status);
    }

    [Fact]
    public async Task The_services_own_document_says_where_it_is()
    {
        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/.well-known/did.json"));

        var document = answer.Ok();
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("did:web:localhost", document.GetProperty("id").GetString());
        var service = Assert.Single(document.GetProperty("service").EnumerateArray());
        Assert.Equal("AtprotoPersonalDataServer", service.GetProperty("type").GetString());
        Assert.Equal(pds.Url, service.GetProperty("serviceEndpoint").GetString());
    }

    [Fact]
    public async Task Robots_may_read_everything()
    {
        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/robots.txt"));

        Assert.StartsWith("text/plain", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("User-agent: *\nAllow: /\n", answer.Text, StringComparison.Ordinal);
    }

    private Task<XrpcAnswer> AskAsync(string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/atproto-did");
        request.Headers.Host = host;
        return pds.Anyone.SendAsync(request);
    }
}
