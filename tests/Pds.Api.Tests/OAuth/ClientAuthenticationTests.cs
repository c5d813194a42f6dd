using System.Net;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>How backends prove which client they are (RFC 7523 §3): each rule broken alone.</summary>
public sealed class ClientAuthenticationTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    public static TheoryData<string, Func<Jwt, Jwt>> Faults => new()
    {
        { "another issuer", assertion => assertion.With("iss", "https://app.example.com/other.json") },
        { "another subject", assertion => assertion.With("sub", "did:plc:somebody") },
        { "no subject", assertion => assertion.With("sub", null) },
        { "another audience", assertion => assertion.With("aud", "https://pds.example.com") },
        { "no audience", assertion => assertion.With("aud", null) },
        { "no id", assertion => assertion.With("jti", null) },
        { "no time", assertion => assertion.With("iat", null) },
        { "a time long ago", assertion => assertion.With("iat", assertion.Claims["iat"]!.GetValue<long>() - 120) },
        { "a time to come", assertion => assertion.With("iat", assertion.Claims["iat"]!.GetValue<long>() + 120) },
        { "an end that has come", assertion => assertion.With("exp", assertion.Claims["iat"]!.GetValue<long>() - 60) },
        { "a beginning that has not come", assertion => assertion.With("nbf", assertion.Claims["iat"]!.GetValue<long>() + 60) },
        { "no key's name", assertion => assertion.WithHeader("kid", null) },
        { "another key's name", assertion => assertion.WithHeader("kid", "key-2") },
        { "no algorithm", assertion => assertion.WithHeader("alg", "none") },
        { "an algorithm of secrets", assertion => assertion.WithHeader("alg", "HS256") },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Refuses_an_assertion_with(string fault, Func<Jwt, Jwt> alter)
    {
        var app = pds.NewConfidentialClient();
        app.AlterAssertion = alter;

        var answer = await app.ParAsync();

        Assert.True(answer.Error == "invalid_client", $"{fault}: {answer.Text}");
        answer.RefusedByOAuth(400, "invalid_client");
    }

    [Theory]
    [InlineData("client_assertion", null)]
    [InlineData("client_assertion", "nonsense")]
    [InlineData("client_assertion_type", null)]
    [InlineData("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")]
    public async Task Refuses_a_client_that_does_not_prove_itself(string parameter, string? value) =>
        (await pds.NewConfidentialClient().ParAsync((parameter, value))).RefusedByOAuth(400, "invalid_client");

    [Fact]
    public async Task Refuses_an_assertion_that_another_key_signed()
    {
        var (published, own) = (new ClientKeyPair(kid: "key-1"), new ClientKeyPair(kid: "key-1"));
        var app = new OAuthClient(pds.Url, pds.Site.PublishConfidential(published)) { AssertionKey = own, Clock = pds.Time.GetUtcNow };

        (await app.ParAsync()).RefusedByOAuth(400, "invalid_client");
    }

    [Fact]
    public async Task Takes_an_assertion_once()
    {
        var app = pds.NewConfidentialClient();
        app.AlterAssertion = assertion => assertion.With("jti", "the same each time");

        app.Nonce = pds.Nonce; // so that nothing is sent twice for want of one
        Assert.Equal(HttpStatusCode.Created, (await app.ParAsync()).Status);
        (await app.ParAsync()).RefusedByOAuth(400, "invalid_client");
    }

    [Fact]
    public async Task Takes_an_assertion_of_a_clock_that_is_half_a_minute_ahead()
    {
        var app = pds.NewConfidentialClient();
        app.AlterAssertion = assertion => assertion.With("iat", assertion.Claims["iat"]!.GetValue<long>() + 25);

        Assert.Equal(HttpStatusCode.Created, (await app.ParAsync()).Status);
    }

    [Fact]
    public async Task Refuses_one_key_for_both_proofs()
    {
        var key = new ClientKeyPair(kid: "key-1");
        var app = new OAuthClient(pds.Url, pds.Site.PublishConfidential(key)) { AssertionKey = key, Key = key, Clock = pds.Time.GetUtcNow };

        (await app.ParAsync()).RefusedByOAuth(400, "invalid_request");
    }

    [Theory]
    [InlineData("ES256K")]
    [InlineData("ES384")]
    [InlineData("RS256")]
    public async Task Takes_keys_of_other_kinds(string algorithm) =>
        await pds.SignInAsync(pds.NewConfidentialClient(new ClientKeyPair(algorithm, "key-1")), await pds.SignUpAsync());

    [Fact]
    public async Task Takes_keys_that_are_somewhere_else_and_sees_a_new_one_soon()
    {
        var (first, second) = (new ClientKeyPair(kid: "first"), new ClientKeyPair(kid: "second"));
        Put("/rotating.json", first);
        var id = pds.Site.PublishConfidential(first, metadata =>
        {
            metadata.Remove("jwks");
            metadata["jwks_uri"] = $"{pds.Site.Url}/rotating.json";
        });
        Assert.Equal(HttpStatusCode.Created, (await ClientWith(first).ParAsync()).Status);

        Put("/rotating.json", first, second);
        (await ClientWith(second).ParAsync()).RefusedByOAuth(400, "invalid_client");
        pds.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(HttpStatusCode.Created, (await ClientWith(second).ParAsync()).Status);

        OAuthClient ClientWith(ClientKeyPair key) => new(pds.Url, id) { AssertionKey = key, Clock = pds.Time.GetUtcNow };
    }

    [Fact]
    public async Task A_session_goes_on_with_the_key_that_it_began_with_alone()
    {
        var (first, second) = (new ClientKeyPair(kid: "first"), new ClientKeyPair(kid: "second"));
        var id = pds.Site.PublishConfidential(first, metadata => metadata["jwks"]!["keys"]!.AsArray().Add(second.Public.DeepClone()));
        var app = await pds.SignInAsync(new OAuthClient(pds.Url, id) { AssertionKey = first, Clock = pds.Time.GetUtcNow }, await pds.SignUpAsync());
        (await app.RefreshAsync()).Ok();

        (await app.With(assertionKey: second).RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_key_that_the_client_takes_back_refreshes_nothing_any_more()
    {
        var (key, next) = (new ClientKeyPair(kid: "key-1"), new ClientKeyPair(kid: "key-2"));
        var app = await pds.SignInAsync(pds.NewConfidentialClient(key), await pds.SignUpAsync());

        pds.Site.Change(app.Id, metadata => metadata["jwks"] = new JsonObject { ["keys"] = new JsonArray(next.Public.DeepClone()) });
        pds.Time.Advance(TimeSpan.FromMinutes(11));

        (await app.RefreshAsync()).RefusedByOAuth(400, "invalid_client");
    }

    private void Put(string path, params ReadOnlySpan<ClientKeyPair> keys)
    {
        var list = new JsonArray();
        foreach (var key in keys) list.Add(key.Public.DeepClone());
        pds.Site.Put(path, new JsonObject { ["keys"] = list });
    }
}
