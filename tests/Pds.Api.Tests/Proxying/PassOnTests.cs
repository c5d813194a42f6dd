using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>What arrives at another service, and what comes back. The expectations are what the official server sends, taken down by an echo.</summary>
public sealed class PassOnTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "com.example.thing.get";

    [Fact]
    public async Task A_query_arrives_to_the_byte_with_these_headers_and_no_others()
    {
        var alice = await pds.SignUpAsync();
        const string query = "?actor=x%2Fy&b=1+2&c=%C3%A9&d=a%2fb&e=%7e'()[]|";
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"""
            GET /xrpc/{Method}{query} HTTP/1.1
            Host: localhost
            Authorization: {alice.Authorization}
            Cookie: a=b
            User-Agent: spy/1.0
            Accept: text/html
            Accept-Language: de
            Accept-Encoding: gzip, br;q=0.5
            Content-Type: text/plain
            X-Forwarded-For: 192.0.2.1
            atproto-accept-labelers: did:plc:x;redact
            X-Bsky-Topics: cats
            X-Atproto-New: one
            X-Atproto-New: two
            DPoP: proof


            """.ReplaceLineEndings("\r\n"));
        await connection.ReadHeadAsync();

        var call = CallTo(pds.AppView, query);
        Assert.Equal("GET", (string?)call["verb"]);
        Assert.Equal($"/xrpc/{Method}{query}", (string?)call["target"]);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["accept-encoding"] = "gzip, br;q=0.5",
                ["accept-language"] = "de",
                ["atproto-accept-labelers"] = "did:plc:x;redact",
                ["host"] = new Uri(pds.AppView.Url).Authority,
                ["x-atproto-new"] = "one, two",
                ["x-bsky-topics"] = "cats",
            },
            HeadersOf(call, "authorization"));
    }

    [Fact]
    public async Task A_body_arrives_with_its_headers()
    {
        var alice = await pds.SignUpAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}?a-body") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("bytes")) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/strange; a=b");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "own");

        (await alice.SendAsync(request)).Ok();

        var call = CallTo(pds.AppView, "?a-body");
        Assert.Equal("bytes", (string?)call["body"]);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["accept-encoding"] = "identity",
                ["content-encoding"] = "own",
                ["content-length"] = "5",
                ["content-type"] = "text/strange; a=b",
                ["host"] = new Uri(pds.AppView.Url).Authority,
            },
            HeadersOf(call, "authorization"));
    }

    [Fact]
    public async Task A_body_of_unknown_length_arrives_and_none_is_none()
    {
        var alice = await pds.SignUpAsync();
        var streamed = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}?streamed") { Content = new StringContent("bytes") };
        streamed.Headers.TransferEncodingChunked = true;

        (await alice.SendAsync(streamed)).Ok();
        (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}?nothing"))).Ok();

        Assert.Equal("bytes", (string?)CallTo(pds.AppView, "?streamed")["body"]);
        Assert.Equal("0", (string?)CallTo(pds.AppView, "?nothing")["headers"]!["content-length"]);
    }

    [Fact]
    public async Task The_token_is_of_the_account_for_this_service_and_this_method_and_a_minute()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method, new { who = "claims" })).Ok();

        var token = ((string)CallTo(pds.AppView, "?who=claims")["headers"]!["authorization"]!)["Bearer ".Length..];
        var (header, claims) = (Part(token, 0), Part(token, 1));
        Assert.Equal("""{"typ":"JWT","alg":"ES256K"}""", header.GetRawText());
        Assert.Equal(["iat", "iss", "aud", "exp", "lxm", "jti"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal((alice.Did.Value, pds.AppView.Did.Value, Method), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("lxm").GetString()));
        Assert.Equal(60, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(32, claims.GetProperty("jti").GetString()!.Length);
    }

    [Fact]
    public async Task These_headers_come_back_and_no_others()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.GetAsync(Method, new { @do = "odd", type = "text/html" });

        answer.IsFile("<b>odd</b>");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Access-Control-Allow-Origin"] = "*",
                ["atproto-repo-rev"] = "3jzfcijpj2z2a",
                ["Cache-Control"] = "private",
                ["Content-Language"] = "de, en",
                ["Content-Type"] = "text/html",
                ["Retry-After"] = "7",
                ["Vary"] = "Authorization, Accept-Encoding",
            },
            answer.Headers.Where(header => header.Key is not ("Date" or "Transfer-Encoding")).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToDictionary());
    }

    [Fact]
    public async Task An_encoded_answer_comes_back_as_it_was_encoded_and_a_plain_one_plain()
    {
        var alice = await pds.SignUpAsync();

        var packed = await AskAsync(alice, "do=gzip");
        var plain = await AskAsync(alice, "do=large&size=100000");

        Assert.Equal("gzip", packed.Headers["Content-Encoding"]);
        Assert.Equal(Packed.With("gzip", """{"error":"Packed","message":"unpack me"}"""), packed.Body);
        Assert.DoesNotContain("Content-Encoding", plain.Headers.Keys);
        Assert.Equal(100_000, plain.Body.Length);

        Task<XrpcAnswer> AskAsync(Actor caller, string query)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}");
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            return caller.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_head_is_a_head()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/xrpc/{Method}?do=large&size=123&length=yes"));

        Assert.Equal((200, "123", 0), ((int)answer.Status, answer.Headers["Content-Length"], answer.Body.Length));
        Assert.Equal("HEAD", (string?)CallTo(pds.AppView, "size=123&length=yes")["verb"]);
    }

    [Fact]
    public async Task A_slash_at_the_end_makes_no_difference()
    {
        var alice = await pds.SignUpAsync();

        (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}/?slash"))).Ok();

        Assert.Contains(Method, (string?)CallTo(pds.AppView, "?slash")["target"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_verbs_are_refused_before_it_is_asked_who_calls(string verb) => Assert.Equal(
        "XRPC requests only supports GET and POST",
        (await pds.Anyone.SendAsync(new HttpRequestMessage(new HttpMethod(verb), $"/xrpc/{Method}"))).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task A_subscription_is_refused_with_the_reason()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync(
            "GET /xrpc/com.example.subscribeThings HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        Assert.Contains("com.example.subscribeThings", (await connection.ReadAnswerAsync()).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_and_the_administrator_have_no_account_to_speak_for()
    {
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthMissing");
        (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidToken");
        (await new XrpcClient(pds.Url) { Authorization = "Bearer x" }.GetAsync(Method)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Deactivated_accounts_may_call_and_those_taken_down_may_not()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        (await alice.GetAsync(Method)).Ok();

        (await pds.Admin.PostAsync("com.atproto.admin.updateSubjectStatus", new { subject = Pds.TestKit.Moderation.Account(alice.Did), takedown = new { applied = true } })).Ok();

        (await alice.GetAsync(Method)).Refused(401, "AccountTakedown");
    }

    [Theory]
    [InlineData("com.atproto.admin.sendEmail")]
    [InlineData("com.atproto.SERVER.requestaccountdelete")]
    [InlineData("com.atproto.identity.signPlcOperation")]
    public async Task The_accounts_own_affairs_are_never_passed_on(string method)
    {
        var alice = await pds.SignUpAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{method}x"[..^1]);
        request.Headers.Add("atproto-proxy", $"{pds.Other.Did}#fake");

        var answer = await alice.SendAsync(request);

        Assert.Equal(400, (int)answer.Status);
        Assert.DoesNotContain(pds.Other.Calls, call => ((string)call["target"]!).Contains("com.atproto.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Direct_messages_are_for_the_accounts_own_password_and_app_passwords_made_for_them()
    {
        var alice = await pds.SignUpAsync();
        var (plain, privileged) = (await SignInWithAsync(alice, isPrivileged: false), await SignInWithAsync(alice, isPrivileged: true));

        Assert.Equal("Bad token method", (await plain.GetAsync("chat.bsky.convo.listConvos")).Refused(400, "InvalidToken").Message);
        Assert.Equal("Bad token method", (await plain.GetAsync("chat.bsky.convo.LISTCONVOS")).Refused(400, "InvalidToken").Message);
        (await plain.GetAsync("app.bsky.feed.getTimeline")).Ok();
        (await privileged.GetAsync("chat.bsky.convo.listConvos")).Ok();
        (await alice.GetAsync("chat.bsky.convo.listConvos")).Ok();
    }

    private async Task<XrpcClient> SignInWithAsync(Actor actor, bool isPrivileged)
    {
        var created = (await actor.PostAsync("com.atproto.server.createAppPassword", new { name = $"app {isPrivileged}", privileged = isPrivileged })).Ok();
        var password = created.GetProperty("password").GetString();
        var session = (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = actor.Handle, password })).Ok();
        return new XrpcClient(pds.Url) { Authorization = $"Bearer {session.GetProperty("accessJwt").GetString()}" };
    }

    private static JsonObject CallTo(FakeUpstream upstream, string query) => upstream.Calls.Single(call => ((string)call["target"]!).EndsWith(query, StringComparison.Ordinal));

    private static Dictionary<string, string> HeadersOf(JsonObject call, string except) =>
        call["headers"]!.AsObject().Where(header => header.Key != except).ToDictionary(header => header.Key, header => (string)header.Value!);

    private static JsonElement Part(string token, int index) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[index])).RootElement;
}
