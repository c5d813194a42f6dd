using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Pds.Api.Xrpc;
using Pds.Application.Errors;
using Pds.Application.Server;
using Pds.TestKit;
using XrpcAnswer = Pds.TestKit.XrpcAnswer;

namespace Pds.Api.Tests.Xrpc;

public sealed class BodyTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string SignIn = "com.atproto.server.createSession";
    private const string CreateRecord = "com.atproto.repo.createRecord";
    private const string Json = "application/json";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("APPLICATION/JSON")]
    public async Task Takes_json_however_its_type_is_written(string contentType)
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.PostAsync(SignIn, SignInAs(alice), contentType)).Ok();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("application/cbor")]
    [InlineData("nonsense")]
    public async Task Refuses_another_type(string contentType) =>
        Assert.Equal($"Wrong request encoding (Content-Type): {contentType}", (await pds.Anyone.PostAsync(SignIn, "{}", contentType)).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Refuses_a_body_without_a_type() =>
        Assert.Equal("Request encoding (Content-Type) required but not provided", (await pds.Anyone.PostAsync(SignIn, "{}", null)).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Refuses_nothing_where_something_is_expected()
    {
        Assert.Equal("A request body is expected but none was provided", (await pds.Anyone.PostAsync(SignIn)).Refused(400, "InvalidRequest").Message);
        (await pds.Anyone.PostAsync(SignIn, "", Json)).Refused(400, "InvalidRequest");
        (await pds.Anyone.PostAsync(SignIn, " ", Json)).Refused(400, "InvalidRequest");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{]")]
    [InlineData("""{"identifier":"a","password":"b"}}""")]
    [InlineData("""{"identifier":"a","password":"b",}""")]
    [InlineData("""{"identifier":"a" "password":"b"}""")]
    [InlineData("""{'identifier':'a','password':'b'}""")]
    [InlineData("""{"identifier":"a","password":"b"} // comment""")]
    [InlineData("""{"identifier":"a","password":NaN}""")]
    [InlineData("nul")]
    public async Task Refuses_what_is_no_json(string body) => (await pds.Anyone.PostAsync(SignIn, body, Json)).Refused(400, "InvalidRequest");

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("12")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("""[{"identifier":"a","password":"b"}]""")]
    public async Task Refuses_json_that_is_no_object(string body) => (await pds.Anyone.PostAsync(SignIn, body, Json)).Refused(400, "InvalidRequest");

    [Theory]
    [InlineData("""{"repo":12,"collection":"app.bsky.feed.post","record":{}}""")]
    [InlineData("""{"repo":"@did","collection":"no nsid","record":{}}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":"text"}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":[]}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":null}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post"}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":@post,"rkey":12}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":@post,"rkey":"a/b"}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":@post,"validate":"true"}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":@post,"swapCommit":"no cid"}""")]
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":@post,"repo":"@did"}""")] // a key twice
    [InlineData("""{"repo":"@did","collection":"app.bsky.feed.post","record":{"text":"a","createdAt":"2026-01-02T03:04:05Z","text":"b"}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"nested":[{"a":1,"\u0061":2}]}}""")] // twice, written differently
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"a":1.5}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"a":9007199254740993}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"a":1e400}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"a":"\ud800"}}""")] // half a surrogate pair
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"a":"\udc00\ud800"}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"\udfff":1}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"__proto__":{"isAdmin":true}}}""")]
    [InlineData("""{"repo":"@did","collection":"com.example.any","record":{"nested":{"__proto__":1}}}""")]
    [InlineData("""{"repo":"\ud800","collection":"com.example.any","record":{}}""")]
    public async Task Refuses_a_record_that_is_none_and_leaves_the_repo_as_it_was(string body)
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        var filled = body.Replace("@did", alice.Did.Value, StringComparison.Ordinal).Replace("@post", """{"text":"a","createdAt":"2026-01-02T03:04:05Z"}""", StringComparison.Ordinal);

        var refusal = await alice.PostAsync(CreateRecord, filled, Json);

        Assert.NotEmpty(refusal.Refused(400, "InvalidRequest").Message!);
        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })] // a slash, too long
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // half a surrogate pair
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // past the end of Unicode
    [InlineData(new byte[] { 0xE2, 0x82 })] // cut off
    public async Task Refuses_text_that_is_not_utf8_in_values_and_in_keys(byte[] wrong)
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        byte[] InRecord(string start, string end) =>
            [.. Encoding.UTF8.GetBytes($$"""{"repo":"{{alice.Did}}","collection":"com.example.any","record":{{start}}"""), .. wrong, .. Encoding.UTF8.GetBytes(end + "}")];

        (await alice.PostAsync(CreateRecord, InRecord("{\"a\":\"", "\"}"), Json)).Refused(400, "InvalidRequest");
        (await alice.PostAsync(CreateRecord, InRecord("{\"", "\":1}"), Json)).Refused(400, "InvalidRequest");
        (await pds.Anyone.PostAsync(SignIn, [.. "{\"identifier\":\""u8, .. wrong, .. "\",\"password\":\"a\"}"u8], Json)).Refused(400, "InvalidRequest");
        (await pds.Anyone.PostAsync(SignIn, [.. "{\"identifier\":\"a\",\"password\":\""u8, .. wrong, .. "\"}"u8], Json)).Refused(400, "InvalidRequest");
        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Refuses_what_nests_3000_deep(string open, string close)
    {
        var alice = await pds.SignUpAsync();
        var deep = $"{string.Concat(Enumerable.Repeat(open, 3000))}1{string.Concat(Enumerable.Repeat(close, 3000))}";

        (await alice.PostAsync(CreateRecord, $$"""{"repo":"{{alice.Did}}","collection":"com.example.any","record":{"a":{{deep}} } }""", Json)).Refused(400, "InvalidRequest");
        (await pds.Anyone.PostAsync(SignIn, $$"""{"identifier":"a","password":"b","unknown":{{deep}}}""", Json)).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Passes_over_fields_that_it_does_not_know()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.PostAsync(SignIn, new { identifier = alice.Handle, password = alice.Password, unknown = new { a = 1 } })).Ok();
    }

    [Fact]
    public async Task Refuses_more_than_150_kibibytes_and_more_than_a_million_bytes_of_a_record()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.PostAsync(SignIn, Padded(150 * 1024), Json)).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync(SignIn, Padded((150 * 1024) + 1), Json)).Refused(413, "PayloadTooLargeError");
        (await alice.PostAsync(CreateRecord, Padded(1_000_000), Json)).Refused(400, "InvalidRequest");
        (await alice.PostAsync(CreateRecord, Padded(1_000_001), Json)).Refused(413, "PayloadTooLargeError");
    }

    [Fact]
    public async Task A_connection_that_sent_too_much_is_still_usable()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"POST /xrpc/{SignIn} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400000\r\n\r\n");
        await connection.SendAsync(new byte[400_000]);
        (await connection.ReadAnswerAsync()).Refused(413, "PayloadTooLargeError");
        await connection.SendAsync("GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        (await connection.ReadAnswerAsync()).Ok();
    }

    [Fact]
    public async Task So_is_one_that_sent_it_in_chunks()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"POST /xrpc/{SignIn} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < 20; i++) await connection.SendAsync($"4000\r\n{new string(' ', 0x4000)}\r\n");
        await connection.SendAsync("0\r\n\r\n");
        (await connection.ReadAnswerAsync()).Refused(413, "PayloadTooLargeError");
        await connection.SendAsync("GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        (await connection.ReadAnswerAsync()).Ok();
    }

    [Theory]
    [InlineData("Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    public async Task Refuses_a_body_whose_framing_is_wrong(string rest)
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"POST /xrpc/{SignIn} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{rest}");

        Assert.Equal(400, (int)(await connection.ReadAnswerAsync()).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task Takes_compressed_bodies(string encoding)
    {
        var alice = await pds.SignUpAsync();
        var body = Encoding.UTF8.GetBytes(SignInAs(alice));

        (await PostEncodedAsync(encoding == "identity" ? body : Compress(body, encoding), encoding)).Ok();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense")]
    public async Task Refuses_an_encoding_that_it_does_not_know(string encoding) =>
        Assert.Equal($"unsupported content encoding \"{encoding}\"", (await PostEncodedAsync("{}"u8.ToArray(), encoding)).Refused(415, "InvalidRequest").Message);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Refuses_a_body_that_is_not_what_its_encoding_says(string encoding)
    {
        var cutOff = Compress(Encoding.UTF8.GetBytes($$"""{"identifier":"a","password":"{{new string('x', 300)}}"}"""), encoding)[..^12];

        (await PostEncodedAsync("{}"u8.ToArray(), encoding)).Refused(400, "InvalidRequest");
        (await PostEncodedAsync(cutOff, encoding)).Refused(400, "InvalidRequest");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Refuses_a_file_that_is_not_what_its_encoding_says(string encoding)
    {
        var alice = await pds.SignUpAsync();
        var content = new ByteArrayContent("plain"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.uploadBlob") { Content = content })).Refused(400, "InvalidRequest");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_body_that_swells_is_refused_as_too_large(string encoding) =>
        (await PostEncodedAsync(Compress(new byte[50_000_000], encoding), encoding)).Refused(413, "PayloadTooLargeError");

    [Fact]
    public async Task A_body_that_swells_is_read_no_further_than_the_limit()
    {
        var bomb = new MemoryStream(Compress(new byte[50_000_000], "gzip"));
        var http = new DefaultHttpContext { Request = { Body = bomb, ContentType = Json, ContentLength = bomb.Length, Headers = { ContentEncoding = "gzip" } } };

        await Assert.ThrowsAsync<XrpcException>(() => XrpcBody.ReadJsonAsync<CreateSession>(http, XrpcRoutes.BodyLimit));

        Assert.InRange(bomb.Position, 1, bomb.Length / 3);
    }

    [Theory]
    [InlineData("""{"identifier":"a","password":12345678}""", "Expected string value type at $.password")]
    [InlineData("""{"identifier":"a","password":["hunter2"]}""", "Expected string value type at $.password")]
    [InlineData("\"hunter2\"", "Expected object value type at $")]
    public async Task Does_not_repeat_what_may_be_a_password(string body, string message) => Assert.Equal(
        message, (await pds.Anyone.PostAsync("com.atproto.server.createSession", body, "application/json")).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task A_fault_says_what_was_wanted_and_where()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Missing required key \"password\" at $", (await pds.Anyone.PostAsync(SignIn, new { identifier = "a" })).Message);
        Assert.Equal("Expected boolean value type (got 12) at $.validate", (await alice.PostAsync(CreateRecord, new { repo = alice.Did.Value, collection = "app.bsky.feed.post", record = Records.Post(), validate = 12 })).Message);
    }

    private static string SignInAs(Actor actor) => $$"""{"identifier":"{{actor.Handle}}","password":"{{actor.Password}}"}""";

    /// <summary>A signing in of nobody, of exactly that many bytes.</summary>
    private static string Padded(int length) => """{"identifier":"nobody.test","password":"a"}""".PadRight(length);

    private static byte[] Compress(byte[] body, string encoding)
    {
        var compressed = new MemoryStream();
        using (Stream stream = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(compressed, CompressionLevel.Optimal)
            : new ZLibStream(compressed, CompressionLevel.Optimal)) stream.Write(body);
        return compressed.ToArray();
    }

    private Task<XrpcAnswer> PostEncodedAsync(byte[] body, string encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", Json);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{SignIn}") { Content = content });
    }
}
