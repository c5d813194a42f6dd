using System.Text.Json.Nodes;
using Pds.Application.OAuth.Grants;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>What methods make of an app's token, and when its session ends.</summary>
public sealed class AppCallsTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    private const string GetSession = "com.atproto.server.getSession";

    [Fact]
    public async Task The_token_is_bound_to_its_key_and_names_who_may_use_it()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());

        var token = Jwt.Read((await pds.SignInAsync(app, alice)).AccessToken!);

        Assert.Equal("at+jwt", token.Header["typ"]!.ToString());
        Assert.Equal(pds.Url, token.Claim("iss"));
        Assert.Equal("did:web:localhost", token.Claim("aud"));
        Assert.Equal(alice.Did.Value, token.Claim("sub"));
        Assert.Equal(app.Id, token.Claim("client_id"));
        Assert.Equal(app.Key.Thumbprint, token.Claims["cnf"]!["jkt"]!.ToString());
        Assert.StartsWith("tok-", token.Claim("jti"), StringComparison.Ordinal);
        Assert.False(token.Claims.ContainsKey("scope")); // which is kept here, and may change
    }

    [Fact]
    public async Task A_call_without_a_proof_is_refused()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        var answer = await new XrpcClient(pds.Url) { Authorization = $"DPoP {app.AccessToken}" }.GetAsync(GetSession);

        answer.Refused(401, "invalid_dpop_proof");
        Assert.NotEmpty(answer.Headers["DPoP-Nonce"]);
    }

    [Fact]
    public async Task Another_key_than_the_token_s_is_refused()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        (await app.With(key: new ClientKeyPair()).GetAsync(GetSession)).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_proof_for_another_token_is_refused()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        app.AlterProof = proof => proof.With("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");

        (await app.GetAsync(GetSession)).Refused(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_token_is_no_bearer_token()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        (await new XrpcClient(pds.Url) { Authorization = $"Bearer {app.AccessToken}" }.GetAsync(GetSession)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task A_session_s_token_is_none_of_an_app_s()
    {
        var (app, alice) = (await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()), await pds.SignUpAsync());
        app.AccessToken = alice.AccessJwt;

        (await app.GetAsync(GetSession)).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_token_that_somebody_changed_is_refused()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var token = Jwt.Read(app.AccessToken!);

        app.AccessToken = token.With("sub", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa").Sign("guessed");
        (await app.GetAsync(GetSession)).Refused(401, "invalid_token");

        app.AccessToken = token.WithHeader("alg", "none").Unsigned();
        (await app.GetAsync(GetSession)).Refused(401, "invalid_token");

        app.AccessToken = "nonsense";
        (await app.GetAsync(GetSession)).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task The_address_of_a_proof_is_the_configured_one_whatever_the_host_header_says()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{GetSession}");
        request.Headers.Host = "evil.example.com";
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {app.AccessToken}");
        request.Headers.TryAddWithoutValidation("DPoP", app.NewProof("GET", $"/xrpc/{GetSession}", app.AccessToken).With("htu", $"http://evil.example.com/xrpc/{GetSession}").Sign(app.Key));

        (await pds.Anyone.SendAsync(request)).Refused(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_query_is_not_part_of_the_address_that_is_proved()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(), alice);

        (await app.GetAsync("com.atproto.server.getServiceAuth", new { aud = "did:web:api.example.com", lxm = "app.bsky.feed.getTimeline" })).Ok();
    }

    [Fact]
    public async Task An_app_does_what_its_scopes_say_and_no_more()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(metadata => metadata["scope"] = "atproto repo:app.bsky.feed.post"), alice, "atproto repo:app.bsky.feed.post");

        (await WriteAsync("app.bsky.feed.post", Records.Post("allowed"))).Ok();
        (await WriteAsync("app.bsky.actor.profile", new JsonObject { ["$type"] = "app.bsky.actor.profile" })).Refused(403, "ScopeMissingError");

        Task<XrpcAnswer> WriteAsync(string collection, object record) => app.PostAsync("com.atproto.repo.createRecord", new { repo = alice.Did.Value, collection, record });
    }

    [Fact]
    public async Task Methods_that_govern_the_account_take_no_app()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        (await app.PostAsync("com.atproto.server.createAppPassword", new { name = "x" })).Refused(403, "Forbidden");
        (await app.PostAsync("com.atproto.server.refreshSession")).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_apps()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(), alice);
        var waiting = pds.NewClient();
        var code = await pds.AuthorizeAsync(waiting, alice, await waiting.PushAsync());
        pds.Time.Advance(TimeSpan.FromSeconds(1));

        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountPassword", new { did = alice.Did.Value, password = "another one" })).Ok();

        await IsOverAsync(app);
        (await waiting.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_takedown_ends_the_sessions_of_apps_and_they_do_not_come_back()
    {
        var alice = await pds.SignUpAsync();
        var (app, other) = (await pds.SignInAsync(pds.NewClient(), alice), await pds.SignInAsync(pds.NewClient(), alice));
        pds.Time.Advance(TimeSpan.FromSeconds(1));

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();
        await IsOverAsync(app);
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();

        await IsOverAsync(other);
    }

    [Fact]
    public async Task With_the_account_everything_of_its_apps_goes()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(), alice);

        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        await IsOverAsync(app);
        foreach (var table in new[] { "account_oauth_request", "account_oauth_session", "account_oauth_consent" })
            Assert.Equal(0, DatabaseWalk.Count(pds.Data, table, "did = @0", alice.Did.Value));
    }

    [Fact]
    public async Task An_account_that_is_deactivated_keeps_its_apps_but_they_may_not_write()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(), alice);
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        (await app.GetAsync(GetSession)).Ok();
        (await app.PostAsync("com.atproto.repo.createRecord", new { repo = alice.Did.Value, collection = "app.bsky.feed.post", record = Records.Post("no") })).Refused(401, "AccountDeactivated");
        (await app.RefreshAsync()).Ok();
    }

    [Fact]
    public async Task A_user_sees_the_apps_and_disconnects_one()
    {
        var (alice, bob) = (await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"));
        var (app, other) = (await pds.SignInAsync(pds.NewClient(), alice), await pds.SignInAsync(pds.NewClient(), alice, "atproto"));
        var grants = await pds.SendAsync(alice, new ListGrants());
        var mine = Assert.Single(grants, grant => grant.Client.Id.Value == app.Id);

        await pds.SendAsync(bob, new RevokeGrant(mine.Id)); // which is not his
        (await app.GetAsync(GetSession)).Ok();
        await pds.SendAsync(alice, new RevokeGrant(mine.Id));

        Assert.Equal(2, grants.Count);
        Assert.Equal("atproto transition:generic", mine.Scope);
        await IsOverAsync(app);
        (await other.GetAsync(GetSession)).Ok();
        Assert.Equal(other.Id, Assert.Single(await pds.SendAsync(alice, new ListGrants())).Client.Id.Value);
    }

    private static async Task IsOverAsync(OAuthClient app)
    {
        (await app.GetAsync(GetSession)).Refused(401, "invalid_token");
        (await app.RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
    }
}
