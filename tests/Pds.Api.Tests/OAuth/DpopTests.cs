using System.Net;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Each rule for DPoP proofs (RFC 9449 §4.3), broken alone, at the authorization server and at the methods.</summary>
public sealed class DpopTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    public static TheoryData<string, Func<Jwt, Jwt>> Faults => new()
    {
        { "another method", proof => proof.With("htm", "PUT") },
        { "the method in lower case", proof => proof.With("htm", proof.Claim("htm").ToLowerInvariant()) },
        { "no method", proof => proof.With("htm", null) },
        { "another path", proof => proof.With("htu", proof.Claim("htu") + "x") },
        { "another host", proof => proof.With("htu", "https://evil.example.com/oauth/par") },
        { "a query in the address", proof => proof.With("htu", proof.Claim("htu") + "?a=b") },
        { "a fragment in the address", proof => proof.With("htu", proof.Claim("htu") + "#a") },
        { "no address", proof => proof.With("htu", null) },
        { "no id", proof => proof.With("jti", null) },
        { "an id that is no text", proof => proof.With("jti", 5) },
        { "no time", proof => proof.With("iat", null) },
        { "a time long ago", proof => proof.With("iat", proof.Claims["iat"]!.GetValue<long>() - 300) },
        { "a time to come", proof => proof.With("iat", proof.Claims["iat"]!.GetValue<long>() + 300) },
        { "an end that has come", proof => proof.With("exp", proof.Claims["iat"]!.GetValue<long>() - 300) },
        { "a nonce that is no text", proof => proof.With("nonce", 5) },
        { "another type", proof => proof.WithHeader("typ", "JWT") },
        { "no type", proof => proof.WithHeader("typ", null) },
        { "an algorithm of secrets", proof => proof.WithHeader("alg", "HS256") },
        { "no algorithm", proof => proof.WithHeader("alg", "none") },
        { "another algorithm than the key's", proof => proof.WithHeader("alg", "ES256K") },
        { "an algorithm that is not supported", proof => proof.WithHeader("alg", "EdDSA") },
        { "no key", proof => proof.WithHeader("jwk", null) },
        { "somebody else's key", proof => proof.WithHeader("jwk", new ClientKeyPair().Public) },
        { "a key that is no point of the curve", proof => proof.WithHeader("jwk", Off(proof)) },
        { "a secret key", proof => proof.WithHeader("jwk", Secret(proof)) },
        { "an extension that must be understood", proof => proof.WithHeader("crit", new JsonArray("b64")) },
        { "an access token's hash where there is none", proof => proof.With("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo") },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task The_authorization_server_refuses_a_proof_with(string fault, Func<Jwt, Jwt> alter)
    {
        var app = pds.NewClient();
        await app.ParAsync();
        app.AlterProof = alter;

        var answer = await app.ParAsync();

        Assert.True(answer.Error == "invalid_dpop_proof", $"{fault}: {answer.Text}");
        answer.RefusedByOAuth(401, "invalid_dpop_proof");
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Methods_refuse_a_proof_with(string fault, Func<Jwt, Jwt> alter)
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        app.AlterProof = fault.StartsWith("an access token's hash", StringComparison.Ordinal) ? proof => proof.With("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo") : alter;

        var answer = await app.GetAsync("com.atproto.server.getSession");

        answer.Refused(401, "invalid_dpop_proof");
        Assert.Contains("DPoP", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_dpop_proof\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate", answer.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.Contains("DPoP-Nonce", answer.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES256K")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("RS256")]
    [InlineData("PS384")]
    public async Task Takes_keys_of_every_algorithm_that_it_says_it_does(string algorithm)
    {
        var app = new OAuthClient(pds.Url, pds.Site.Publish()) { Key = new ClientKeyPair(algorithm), Clock = pds.Time.GetUtcNow };

        await pds.SignInAsync(app, await pds.SignUpAsync());

        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task The_authorization_server_asks_for_a_nonce_and_takes_the_one_that_it_gives()
    {
        var app = pds.NewClient();

        var first = await app.PostOnceAsync("/oauth/par", app.Parameters(), app.Proof("POST", "/oauth/par"));
        var second = await app.PostOnceAsync("/oauth/par", app.Parameters(), app.Proof("POST", "/oauth/par"));

        first.RefusedByOAuth(400, "use_dpop_nonce");
        Assert.Equal(HttpStatusCode.Created, second.Status);
    }

    [Fact]
    public async Task Methods_ask_for_a_nonce_with_a_challenge()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        app.AlterProof = proof => proof.With("nonce", null);

        var answer = await app.GetAsync("com.atproto.server.getSession");

        answer.Refused(401, "use_dpop_nonce");
        Assert.Contains("error=\"use_dpop_nonce\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers["DPoP-Nonce"]);
    }

    [Fact]
    public async Task A_nonce_is_good_for_some_minutes_and_then_another_is_wanted()
    {
        await using var server = new Server();
        await server.Pds.InitializeAsync();
        var app = server.Pds.NewClient();
        await app.ParAsync();
        var old = app.Nonce;

        server.Pds.Time.Advance(TimeSpan.FromMinutes(2));
        var stale = await app.PostOnceAsync("/oauth/par", app.Parameters(), app.Proof("POST", "/oauth/par"));
        app.Nonce = old;
        server.Pds.Time.Advance(TimeSpan.FromMinutes(1));
        var dead = await app.PostOnceAsync("/oauth/par", app.Parameters(), app.Proof("POST", "/oauth/par"));

        Assert.Equal(HttpStatusCode.Created, stale.Status);
        dead.RefusedByOAuth(400, "use_dpop_nonce");
    }

    [Fact]
    public async Task The_authorization_server_takes_a_proof_once()
    {
        var app = pds.NewClient();
        await app.ParAsync();
        var proof = app.Proof("POST", "/oauth/par");

        var first = await app.PostOnceAsync("/oauth/par", app.Parameters(), proof);
        var second = await app.PostOnceAsync("/oauth/par", app.Parameters(), proof);

        Assert.Equal(HttpStatusCode.Created, first.Status);
        second.RefusedByOAuth(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task Methods_take_a_proof_once()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var jti = "the same each time";
        app.AlterProof = proof => proof.With("jti", jti);

        (await app.GetAsync("com.atproto.server.getSession")).Ok();
        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task Two_keys_may_use_one_id()
    {
        var (one, other) = (await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()), await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()));
        one.AlterProof = other.AlterProof = proof => proof.With("jti", "shared");

        (await one.GetAsync("com.atproto.server.getSession")).Ok();
        (await other.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Every_answer_to_an_app_bears_the_next_nonce()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        var answer = await app.GetAsync("com.atproto.server.getSession");
        var failure = await app.PostAsync("com.atproto.repo.createRecord", new { });

        Assert.NotEmpty(answer.Headers["DPoP-Nonce"]);
        Assert.NotEmpty(failure.Headers["DPoP-Nonce"]);
    }

    private static JsonObject Off(Jwt proof)
    {
        var key = (JsonObject)proof.Header["jwk"]!.DeepClone();
        (key["x"], key["y"]) = (key["y"]!.DeepClone(), key["x"]!.DeepClone());
        return key;
    }

    private static JsonObject Secret(Jwt proof)
    {
        var key = (JsonObject)proof.Header["jwk"]!.DeepClone();
        key["d"] = "AAAA";
        return key;
    }

    private sealed class Server : IAsyncDisposable
    {
        public OAuthPds Pds { get; } = new();

        public async ValueTask DisposeAsync() => await Pds.DisposeAsync();
    }
}
