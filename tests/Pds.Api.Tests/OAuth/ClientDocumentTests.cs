using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>What clients publish of themselves: each rule broken alone, and hosts that do what they should not.</summary>
public sealed class ClientDocumentTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    public static TheoryData<string, Action<JsonObject>, string> Faults => new()
    {
        { "no name", metadata => metadata.Remove("client_id"), "invalid_client_metadata" },
        { "another's name", metadata => metadata["client_id"] = "https://app.example.com/other.json", "invalid_client_metadata" },
        { "no scope", metadata => metadata.Remove("scope"), "invalid_client_metadata" },
        { "no atproto scope", metadata => metadata["scope"] = "transition:generic", "invalid_client_metadata" },
        { "a scope twice", metadata => metadata["scope"] = "atproto atproto", "invalid_client_metadata" },
        { "no redirect URI", metadata => metadata["redirect_uris"] = new JsonArray(), "invalid_client_metadata" },
        { "a redirect URI that is none", metadata => metadata["redirect_uris"] = new JsonArray("callback"), "invalid_redirect_uri" },
        { "a redirect by plain http", metadata => metadata["redirect_uris"] = new JsonArray("http://app.example.com/"), "invalid_redirect_uri" },
        { "a redirect to localhost", metadata => metadata["redirect_uris"] = new JsonArray("http://localhost/"), "invalid_redirect_uri" },
        { "a redirect to this machine, of a web client", metadata => metadata["redirect_uris"] = new JsonArray("http://127.0.0.1/"), "invalid_redirect_uri" },
        { "a redirect to an app, of a web client", metadata => metadata["redirect_uris"] = new JsonArray("com.example.app:/callback"), "invalid_redirect_uri" },
        { "a redirect to another's app", metadata => Native(metadata, "org.evil.app:/callback"), "invalid_redirect_uri" },
        { "a redirect to an app with two slashes", metadata => Native(metadata, "com.example.app://callback"), "invalid_redirect_uri" },
        { "a redirect with credentials", metadata => metadata["redirect_uris"] = new JsonArray("https://user:word@app.example.com/"), "invalid_redirect_uri" },
        { "a redirect with a fragment", metadata => metadata["redirect_uris"] = new JsonArray("https://app.example.com/#here"), "invalid_redirect_uri" },
        { "a redirect to a script", metadata => metadata["redirect_uris"] = new JsonArray("javascript:alert(1)"), "invalid_redirect_uri" },
        { "tokens that are not bound", metadata => metadata["dpop_bound_access_tokens"] = false, "invalid_client_metadata" },
        { "nothing said of bound tokens", metadata => metadata.Remove("dpop_bound_access_tokens"), "invalid_client_metadata" },
        { "the implicit grant", metadata => metadata["grant_types"] = new JsonArray("authorization_code", "implicit"), "invalid_client_metadata" },
        { "no code grant", metadata => metadata["grant_types"] = new JsonArray("refresh_token"), "invalid_client_metadata" },
        { "a grant twice", metadata => metadata["grant_types"] = new JsonArray("authorization_code", "authorization_code"), "invalid_client_metadata" },
        { "no code response", metadata => metadata["response_types"] = new JsonArray("token"), "invalid_client_metadata" },
        { "no way to prove itself said", metadata => metadata.Remove("token_endpoint_auth_method"), "invalid_client_metadata" },
        { "a password", metadata => metadata["token_endpoint_auth_method"] = "client_secret_basic", "invalid_client_metadata" },
        { "an algorithm without a key", metadata => metadata["token_endpoint_auth_signing_alg"] = "ES256", "invalid_client_metadata" },
        { "a key without an algorithm", metadata => Confidential(metadata, null), "invalid_client_metadata" },
        { "the algorithm none", metadata => Confidential(metadata, "none"), "invalid_client_metadata" },
        { "an algorithm that is not supported", metadata => Confidential(metadata, "EdDSA"), "invalid_client_metadata" },
        { "no keys", metadata => Confidential(metadata, "ES256", keys => keys.Clear()), "invalid_client_metadata" },
        { "a secret key", metadata => Confidential(metadata, "ES256", keys => keys[0]!["d"] = "AAAA"), "invalid_client_metadata" },
        { "keys in two places", metadata => Both(metadata), "invalid_client_metadata" },
        { "keys by plain http", metadata => Elsewhere(metadata, "http://app.example.com/keys.json"), "invalid_client_metadata" },
        { "an app that proves itself", metadata => Confidential(metadata, "ES256", _ => metadata["application_type"] = "native"), "invalid_client_metadata" },
        { "a kind that there is not", metadata => metadata["application_type"] = "desktop", "invalid_client_metadata" },
        { "a home on another host", metadata => metadata["client_uri"] = "https://other.example.com/", "invalid_client_metadata" },
        { "a home beside the document", metadata => metadata["client_uri"] = $"{Origin(metadata)}/elsewhere", "invalid_client_metadata" },
        { "a logo by plain http", metadata => metadata["logo_uri"] = "http://app.example.com/logo.png", "invalid_client_metadata" },
        { "a name that is no text", metadata => metadata["client_name"] = 5, "invalid_client_metadata" },
        { "encrypted answers", metadata => metadata["authorization_encrypted_response_enc"] = "A128CBC-HS256", "invalid_client_metadata" },
        { "what OpenID has", metadata => metadata["default_max_age"] = 5, "invalid_client_metadata" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Refuses_a_client_with(string fault, Action<JsonObject> change, string error)
    {
        var answer = await pds.NewClient(change).ParAsync();

        Assert.True(answer.Error == error, $"{fault}: {answer.Text}");
        answer.RefusedByOAuth(400, error);
    }

    [Fact]
    public async Task Takes_an_app_with_a_scheme_of_its_own()
    {
        var app = new OAuthClient(pds.Url, pds.Site.Publish(metadata => Native(metadata, "com.example.app:/callback"))) { RedirectUri = "com.example.app:/callback", Clock = pds.Time.GetUtcNow };

        Assert.Equal(HttpStatusCode.Created, (await app.ParAsync()).Status);
    }

    [Fact]
    public async Task Takes_a_document_with_more_in_it_than_anybody_knows() =>
        Assert.Equal(HttpStatusCode.Created, (await pds.NewClient(metadata => metadata["contacts"] = new JsonArray("me@app.example.com")).ParAsync()).Status);

    [Fact]
    public async Task Asks_a_client_s_host_once_in_ten_minutes()
    {
        var app = pds.NewClient();
        var path = new Uri(app.Id).AbsolutePath;
        for (var i = 0; i < 3; i++) await app.ParAsync();
        Assert.Equal(1, pds.Site.Asked(path));

        pds.Time.Advance(TimeSpan.FromMinutes(11));
        await app.ParAsync();

        Assert.Equal(2, pds.Site.Asked(path));
    }

    [Theory]
    [InlineData(201, "application/json")]
    [InlineData(404, "application/json")]
    [InlineData(500, "application/json")]
    [InlineData(200, "text/html")]
    [InlineData(200, "text/json")]
    public async Task Refuses_a_host_that_answers_in_another_way(int status, string contentType)
    {
        var path = $"/odd-{status}-{contentType.Replace('/', '-')}.json";
        pds.Site.Put(path, http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (status, contentType);
            return http.Response.WriteAsync("{}");
        });

        (await new OAuthClient(pds.Url, pds.Site.Url + path) { Clock = pds.Time.GetUtcNow }.ParAsync()).RefusedByOAuth(400, "invalid_client_metadata");
    }

    [Fact]
    public async Task Does_not_go_where_a_host_sends_it()
    {
        var target = new Uri(pds.Site.Publish()).AbsolutePath;
        pds.Site.Put("/moved.json", http =>
        {
            http.Response.Redirect(target);
            return Task.CompletedTask;
        });

        (await new OAuthClient(pds.Url, $"{pds.Site.Url}/moved.json") { Clock = pds.Time.GetUtcNow }.ParAsync()).RefusedByOAuth(400, "invalid_client_metadata");
        Assert.Equal(0, pds.Site.Asked(target));
    }

    [Fact]
    public async Task Refuses_a_document_that_does_not_end()
    {
        pds.Site.Put("/endless.json", async http =>
        {
            http.Response.ContentType = "application/json";
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(new string(' ', 64 * 1024), http.RequestAborted);
        });

        (await new OAuthClient(pds.Url, $"{pds.Site.Url}/endless.json") { Clock = pds.Time.GetUtcNow }.ParAsync()).RefusedByOAuth(400, "invalid_client_metadata");
    }

    [Fact]
    public async Task A_host_that_hangs_is_waited_for_some_seconds_and_asked_once_for_all()
    {
        pds.Site.Put("/hanging.json", http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var apps = Enumerable.Range(0, 5).Select(_ => new OAuthClient(pds.Url, $"{pds.Site.Url}/hanging.json") { Clock = pds.Time.GetUtcNow, Nonce = pds.Nonce }).ToList();
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(apps.Select(app => app.ParAsync()));
        (await apps[0].ParAsync()).RefusedByOAuth(400, "invalid_client_metadata");

        Assert.All(answers, answer => answer.RefusedByOAuth(400, "invalid_client_metadata"));
        Assert.Equal(1, pds.Site.Asked("/hanging.json"));
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
    }

    private static void Native(JsonObject metadata, string redirect)
    {
        metadata["application_type"] = "native";
        metadata["redirect_uris"] = new JsonArray(redirect);
    }

    private static void Confidential(JsonObject metadata, string? algorithm, Action<JsonArray>? change = null)
    {
        metadata["token_endpoint_auth_method"] = "private_key_jwt";
        if (algorithm is not null) metadata["token_endpoint_auth_signing_alg"] = algorithm;
        var keys = new JsonArray(new ClientKeyPair(kid: "key-1").Public);
        metadata["jwks"] = new JsonObject { ["keys"] = keys };
        change?.Invoke(keys);
    }

    private static void Both(JsonObject metadata)
    {
        Confidential(metadata, "ES256");
        metadata["jwks_uri"] = "https://app.example.com/keys.json";
    }

    private static void Elsewhere(JsonObject metadata, string address)
    {
        Confidential(metadata, "ES256");
        metadata.Remove("jwks");
        metadata["jwks_uri"] = address;
    }

    private static string Origin(JsonObject metadata) => new Uri(metadata["client_id"]!.ToString()).GetLeftPart(UriPartial.Authority);
}
