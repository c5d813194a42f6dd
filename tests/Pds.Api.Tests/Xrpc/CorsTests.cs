using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class CorsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Theory]
    [InlineData("/xrpc/com.atproto.server.describeServer")]
    [InlineData("/xrpc/com.atproto.server.getSession")]
    [InlineData("/xrpc/com.atproto.repo.createRecord")]
    [InlineData("/xrpc/com.example.unknown")]
    [InlineData("/xrpc/_health")]
    [InlineData("/.well-known/atproto-did")]
    public async Task A_preflight_is_answered_before_anything_is_asked_of_the_caller(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://app.example.com");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,dpop,atproto-proxy,atproto-accept-labelers");

        var answer = await pds.Anyone.SendAsync(request);

        Assert.Equal(204, (int)answer.Status);
        Assert.Empty(answer.Body);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", answer.Headers["Access-Control-Allow-Methods"]);
        Assert.Equal("authorization,dpop,atproto-proxy,atproto-accept-labelers", answer.Headers["Access-Control-Allow-Headers"]);
        Assert.Equal("86400", answer.Headers["Access-Control-Max-Age"]);
        Assert.Equal("Access-Control-Request-Headers", answer.Headers["Vary"]);
    }

    [Theory]
    [InlineData("/xrpc/com.atproto.server.describeServer", 200)]
    [InlineData("/xrpc/com.atproto.server.getSession", 401)]
    [InlineData("/xrpc/com.atproto.server.createSession", 400)]
    [InlineData("/.well-known/did.json", 200)]
    [InlineData("/nothing", 404)]
    public async Task Every_answer_may_be_read_by_any_page_and_none_with_its_cookies(string path, int status)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://app.example.com");

        var answer = await pds.Anyone.SendAsync(request);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Keys);
    }

    [Fact]
    public async Task Options_that_are_no_preflight_are_a_wrong_verb() =>
        (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/xrpc/com.atproto.server.getSession"))).Refused(400, "InvalidRequest");
}
