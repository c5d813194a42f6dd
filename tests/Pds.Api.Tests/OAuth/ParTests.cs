using System.Net;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Each rule for what a client may ask, broken alone.</summary>
public sealed class ParTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task Answers_a_name_for_the_request_that_is_good_for_five_minutes()
    {
        var answer = await pds.NewClient().ParAsync();

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.StartsWith("urn:ietf:params:oauth:request_uri:req-", answer.Json.GetProperty("request_uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(300, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.NotEmpty(answer.Headers["DPoP-Nonce"]);
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "transition:generic", "invalid_scope")]
    [InlineData("scope", "atproto openid", "invalid_scope")]
    [InlineData("scope", "atproto blob:image/png", "invalid_scope")]
    [InlineData("scope", "atproto  transition:generic", "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "abc", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("redirect_uri", "https://app.example.com/other", "invalid_request")]
    [InlineData("redirect_uri", "https://app.example.com/callback?more", "invalid_request")]
    [InlineData("redirect_uri", "https://evil.example.com/callback", "invalid_request")]
    [InlineData("redirect_uri", "javascript:alert(1)", "invalid_request")]
    [InlineData("response_mode", "web_message", "invalid_request")]
    [InlineData("prompt", "please", "invalid_request")]
    [InlineData("prompt", "none", "invalid_request")]
    [InlineData("login_hint", "not a handle", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("nonce", "n-0S6", "invalid_request")]
    [InlineData("claims", "{}", "invalid_request")]
    [InlineData("request", "a.b.c", "invalid_request")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:req-00000000000000000000000000000000", "invalid_request")]
    [InlineData("authorization_details", "[]", "invalid_request")]
    [InlineData("dpop_jkt", "short", "invalid_request")]
    [InlineData("dpop_jkt", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_dpop_proof")]
    [InlineData("client_id", null, "invalid_client")]
    [InlineData("client_id", "the app", "invalid_client_metadata")]
    [InlineData("client_id", "https://app.example.com", "invalid_client_metadata")]
    [InlineData("client_id", "https://127.0.0.1/client.json", "invalid_client_metadata")]
    [InlineData("client_id", "http://app.example.com/client.json", "invalid_client_metadata")]
    [InlineData("client_id", "https://app.example.com/a/../client.json", "invalid_client_metadata")]
    [InlineData("client_id", "https://user@app.example.com/client.json", "invalid_client_metadata")]
    [InlineData("client_id", "http://localhost:8080/", "invalid_client_metadata")]
    [InlineData("client_id", "http://localhost?scope=blob", "invalid_client_metadata")]
    [InlineData("client_id", "http://localhost?redirect_uri=http%3A%2F%2Flocalhost%2F", "invalid_client_metadata")]
    [InlineData("client_id", "http://localhost?name=x", "invalid_client_metadata")]
    public async Task Refuses_what_the_profile_does_not_allow(string parameter, string? value, string error) =>
        (await pds.NewClient().ParAsync((parameter, value))).RefusedByOAuth(error == "invalid_dpop_proof" ? 401 : 400, error);

    [Fact]
    public async Task Refuses_a_request_without_a_key()
    {
        var app = pds.NewClient();

        var answer = await app.PostOnceAsync("/oauth/par", app.Parameters(), proof: null);

        answer.RefusedByOAuth(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task Takes_the_key_s_thumbprint_in_the_place_of_a_proof()
    {
        var app = pds.NewClient();

        var answer = await app.PostOnceAsync("/oauth/par", app.Parameters("atproto", ("dpop_jkt", app.Key.Thumbprint)), proof: null);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), answer.Json.GetProperty("request_uri").GetString()!);
        (await app.ExchangeAsync(code)).Ok();
    }

    [Fact]
    public async Task Binds_the_code_to_the_key_whose_thumbprint_was_given()
    {
        var app = pds.NewClient();
        var answer = await app.PostOnceAsync("/oauth/par", app.Parameters("atproto", ("dpop_jkt", new ClientKeyPair().Thumbprint)), proof: null);

        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), answer.Json.GetProperty("request_uri").GetString()!);

        (await app.ExchangeAsync(code)).Refused(400, "invalid_grant");
    }

    [Fact]
    public async Task Leaves_scopes_out_that_nobody_knows_and_the_client_did_declare()
    {
        var alice = await pds.SignUpAsync();
        var app = pds.NewClient(metadata => metadata["scope"] = "atproto future:thing");

        var tokens = (await app.ExchangeAsync(await pds.AuthorizeAsync(app, alice, await app.PushAsync("atproto future:thing")))).Ok();

        Assert.Equal("atproto", tokens.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Takes_JSON_as_well_as_forms()
    {
        var app = pds.NewClient();
        var body = new JsonObject(app.Parameters("atproto", ("dpop_jkt", app.Key.Thumbprint), ("max_age", null)).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))
        {
            ["max_age"] = 3600,
        };

        var answer = await app.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth/par") { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Theory]
    [InlineData("text/plain", "a=b", 415)]
    [InlineData("application/json", "[]", 400)]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", """{"client_id":{}}""", 400)]
    [InlineData("application/json", """{"client_id":"a","client_id":"b"}""", 400)]
    [InlineData("application/x-www-form-urlencoded", "client_id=a&client_id=b", 400)]
    public async Task Refuses_bodies_that_say_nothing_clear(string type, string body, int status)
    {
        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth/par") { Content = new StringContent(body, System.Text.Encoding.UTF8, type) });

        answer.RefusedByOAuth(status, "invalid_request");
    }

    [Fact]
    public async Task Refuses_a_body_that_is_too_large()
    {
        var answer = await pds.NewClient().ParAsync(("state", new string('x', 70_000)));

        answer.RefusedByOAuth(413, "invalid_request");
    }

    [Theory]
    [InlineData("GET", "/oauth/par")]
    [InlineData("PUT", "/oauth/par")]
    [InlineData("GET", "/oauth/token")]
    [InlineData("GET", "/oauth/revoke")]
    [InlineData("POST", "/oauth/jwks")]
    public async Task Refuses_other_verbs(string verb, string path) =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await pds.Anyone.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path))).Status);

    [Theory]
    [InlineData("/oauth/par")]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/revoke")]
    [InlineData("/oauth/jwks")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Lets_pages_of_any_origin_ask(string path)
    {
        var preflight = new HttpRequestMessage(HttpMethod.Options, path) { Headers = { { "Origin", "https://app.example.com" }, { "Access-Control-Request-Method", "POST" } } };

        var answer = await pds.Anyone.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Methods"]);
        Assert.Equal("Content-Type,DPoP", answer.Headers["Access-Control-Allow-Headers"]);
        Assert.Equal("86400", answer.Headers["Access-Control-Max-Age"]);
    }
}
