using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class ErrorTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Every_error_has_a_name_and_a_message_and_nothing_else()
    {
        var refusal = await pds.Anyone.GetAsync("com.atproto.server.getSession");

        Assert.Equal("""{"error":"AuthMissing","message":"Authentication Required"}""", refusal.Text);
        Assert.Equal("application/json; charset=utf-8", refusal.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_unknown_method_is_nobodys_where_the_operator_named_no_service(string verb)
    {
        var alice = await pds.SignUpAsync();

        foreach (var caller in new[] { pds.Anyone, alice })
            Assert.Equal("No service configured for com.example.unknown", (await SendAsync(caller, verb, "/xrpc/com.example.unknown")).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("GET", "com.atproto.server.createSession", "POST")]
    [InlineData("HEAD", "com.atproto.server.createSession", "POST")]
    [InlineData("PUT", "com.atproto.server.createSession", "POST")]
    [InlineData("GET", "com.atproto.repo.createRecord", "POST")]
    [InlineData("GET", "com.atproto.server.deleteSession", "POST")]
    [InlineData("GET", "com.atproto.repo.uploadBlob", "POST")]
    [InlineData("POST", "com.atproto.server.describeServer", "GET")]
    [InlineData("POST", "com.atproto.server.getSession", "GET")]
    [InlineData("DELETE", "com.atproto.sync.getRepo", "GET")]
    public async Task The_wrong_verb_is_a_400_that_names_the_right_one_before_anything_else_is_looked_at(string verb, string nsid, string expected)
    {
        var refusal = await SendAsync(pds.Anyone, verb, $"/xrpc/{nsid}");

        Assert.Equal(400, (int)refusal.Status);
        if (verb != "HEAD") Assert.Equal($"Incorrect HTTP method ({verb}) expected {expected}", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("/xrpc/")]
    [InlineData("/xrpc/a%20b")]
    [InlineData("/xrpc/%F0%9F%90%88")]
    [InlineData("/xrpc/com.atproto.server.describeServer/more")]
    [InlineData("/xrpc")]
    public async Task A_path_that_is_no_method_is_a_400(string path) =>
        Assert.Equal("invalid xrpc path", (await SendAsync(pds.Anyone, "GET", path)).Refused(400, "InvalidRequest").Message);

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/nothing.php")]
    [InlineData("/.well-known/nothing")]
    [InlineData("/.git/config")]
    public async Task A_path_that_is_nothing_is_a_404(string path) => Assert.Equal(404, (int)(await SendAsync(pds.Anyone, "GET", path)).Status);

    [Fact]
    public async Task A_slash_at_the_end_makes_no_difference() => (await SendAsync(pds.Anyone, "GET", "/xrpc/com.atproto.server.describeServer/")).Ok();

    [Theory]
    [InlineData("/xrpc/com.atproto.server.describeServer", 200)]
    [InlineData("/xrpc/com.atproto.server.getSession", 401)]
    [InlineData("/xrpc/com.atproto.sync.getRepo?did=did:plc:ewvi7nxzyoun6zhxrhs64oiz", 400)]
    [InlineData("/xrpc/_health", 200)]
    [InlineData("/robots.txt", 200)]
    [InlineData("/.well-known/did.json", 200)]
    [InlineData("/", 200)]
    public async Task Head_is_get_without_the_body(string path, int status)
    {
        var get = await SendAsync(pds.Anyone, "GET", path);
        var head = await SendAsync(pds.Anyone, "HEAD", path);

        Assert.Equal(status, (int)get.Status);
        Assert.Equal(get.Status, head.Status);
        Assert.Empty(head.Body);
        Assert.Equal(get.Headers["Content-Type"], head.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_head_leaves_the_connection_in_order()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync("HEAD /xrpc/com.atproto.server.getSession HTTP/1.1\r\nHost: localhost\r\n\r\nGET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(401, (int)(await connection.ReadHeadAsync()).Status);
        (await connection.ReadAnswerAsync()).Ok();
    }

    [Fact]
    public async Task Parameters_are_looked_at_before_who_calls_and_that_before_the_body()
    {
        var garbage = new XrpcClient(pds.Url) { Authorization = "Bearer garbage" };

        (await garbage.GetAsync("com.atproto.sync.getLatestCommit", new { did = "no DID" })).Refused(400, "InvalidRequest");
        (await garbage.GetAsync("com.atproto.sync.getLatestCommit", new { did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz" })).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync("com.atproto.repo.createRecord", "{ broken", "application/json")).Refused(401, "AuthMissing");
        (await pds.Anyone.PostAsync("com.atproto.repo.createRecord", new string('x', 2_000_000), "application/json")).Refused(401, "AuthMissing");
    }

    [Fact]
    public async Task Headers_of_more_than_16_kilobytes_are_refused()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 17 * 1024)}\r\n\r\n");

        Assert.Equal(431, (int)(await connection.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData(15, 200)]
    [InlineData(17, 414)]
    public async Task An_address_may_have_16_kilobytes(int kilobytes, int status)
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"GET /xrpc/_health?{new string('x', kilobytes * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(status, (int)(await connection.ReadAnswerAsync()).Status);
    }

    private static Task<XrpcAnswer> SendAsync(XrpcClient client, string verb, string path) => client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path));
}
