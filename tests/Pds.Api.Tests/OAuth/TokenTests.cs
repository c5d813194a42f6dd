using Pds.Domain.OAuth;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Codes and refresh tokens: who may exchange them, and what happens to copies.</summary>
public sealed class TokenTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Theory]
    [InlineData("grant_type", null, "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "client_credentials", "unsupported_grant_type")]
    [InlineData("code", null, "invalid_request")]
    [InlineData("code", "nonsense", "invalid_grant")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("code_verifier", "short", "invalid_grant")]
    [InlineData("client_id", null, "invalid_client")]
    public async Task A_malformed_exchange_is_refused_and_costs_no_code(string parameter, string? value, string error)
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        (await app.ExchangeAsync(code, (parameter, value))).RefusedByOAuth(400, error);

        (await app.ExchangeAsync(code)).Ok();
    }

    [Fact]
    public async Task A_verifier_that_is_not_the_challenge_s_burns_the_code()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        (await app.ExchangeAsync(code, ("code_verifier", new string('v', 43)))).RefusedByOAuth(400, "invalid_grant");

        (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task Another_redirect_URI_burns_the_code()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        (await app.ExchangeAsync(code, ("redirect_uri", "https://app.example.com/elsewhere"))).RefusedByOAuth(400, "invalid_grant");

        (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task Another_key_burns_the_code()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        (await app.With(key: new ClientKeyPair()).ExchangeAsync(code, ("code_verifier", app.Verifier))).RefusedByOAuth(400, "invalid_grant");

        (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task Another_client_gets_nothing_for_a_code()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        var answer = await app.With(clientId: pds.Site.Publish()).ExchangeAsync(code, ("code_verifier", app.Verifier));

        answer.RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_request_without_a_proof_gets_no_tokens()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());
        var form = new Dictionary<string, string?>
        {
            ["client_id"] = app.Id, ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = app.RedirectUri, ["code_verifier"] = app.Verifier,
        };

        (await app.PostOnceAsync("/oauth/token", form, proof: null)).RefusedByOAuth(401, "invalid_dpop_proof");
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_what_it_began()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());
        (await app.ExchangeAsync(code)).Ok();
        (await app.GetAsync("com.atproto.server.getSession")).Ok();

        (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");

        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
        (await app.RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task Of_many_who_exchange_a_code_at_once_none_keeps_a_session()
    {
        var app = pds.NewClient();
        var code = await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.ExchangeAsync(code)));

        Assert.InRange(answers.Count(answer => answer.Status == System.Net.HttpStatusCode.OK), 0, 1);
        Assert.All(answers.Where(answer => answer.Status != System.Net.HttpStatusCode.OK), answer => answer.Refused(400, "invalid_grant"));
        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_challenge_begins_one_session_only()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        await pds.SignInAsync(app, alice);
        var code = await pds.AuthorizeAsync(app, alice, await app.PushAsync());

        (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_is_exchanged_for_another_and_the_old_access_token_goes_on()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var (access, refresh) = (app.AccessToken, app.RefreshToken);

        var answer = (await app.RefreshAsync()).Ok();

        Assert.NotEqual(refresh, answer.GetProperty("refresh_token").GetString());
        Assert.Equal("atproto transition:generic", answer.GetProperty("scope").GetString());
        (await app.GetAsync("com.atproto.server.getSession")).Ok();
        app.AccessToken = access;
        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Two_who_refresh_at_once_get_the_same_token_and_both_stay_signed_in()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var old = app.RefreshToken;

        var first = (await app.RefreshAsync()).Ok();
        var second = (await app.RefreshAsync(("refresh_token", old))).Ok();

        Assert.Equal(first.GetProperty("refresh_token").GetString(), second.GetProperty("refresh_token").GetString());
        (await app.RefreshAsync()).Ok();
    }

    [Fact]
    public async Task A_refresh_token_of_two_exchanges_ago_ends_the_session()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var old = app.RefreshToken;
        (await app.RefreshAsync()).Ok();
        (await app.RefreshAsync()).Ok();
        var last = app.RefreshToken;

        (await app.RefreshAsync(("refresh_token", old))).RefusedByOAuth(400, "invalid_grant");

        (await app.RefreshAsync(("refresh_token", last))).RefusedByOAuth(400, "invalid_grant");
        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_made_up_refresh_token_ends_nobody_s_session()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());
        var parts = app.RefreshToken!.Split('.');

        (await app.RefreshAsync(("refresh_token", $"{parts[0]}.{new string('A', 43)}.{new string('A', 22)}"))).RefusedByOAuth(400, "invalid_grant");

        (await app.RefreshAsync()).Ok();
    }

    [Fact]
    public async Task A_refresh_token_in_the_hands_of_another_key_ends_the_session()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        (await app.With(key: new ClientKeyPair()).RefreshAsync()).RefusedByOAuth(400, "invalid_grant");

        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_refresh_token_in_the_hands_of_another_client_ends_the_session()
    {
        var app = await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync());

        (await app.With(clientId: pds.Site.Publish()).RefreshAsync()).RefusedByOAuth(400, "invalid_grant");

        (await app.RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task A_client_that_declares_no_refresh_tokens_gets_none()
    {
        var app = pds.NewClient(metadata => metadata["grant_types"] = new System.Text.Json.Nodes.JsonArray("authorization_code"));

        var tokens = (await app.ExchangeAsync(await pds.AuthorizeAsync(app, await pds.SignUpAsync(), await app.PushAsync()))).Ok();

        Assert.False(tokens.TryGetProperty("refresh_token", out _));
        app.RefreshToken = $"ref-ses-{new string('a', 22)}.{new string('a', 43)}.{new string('a', 22)}";
        (await app.RefreshAsync()).RefusedByOAuth(400, "unauthorized_client");
    }

    [Fact]
    public async Task A_client_gives_its_session_up_by_either_token()
    {
        var (one, other) = (await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()), await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()));

        Assert.Equal("{}", (await one.RevokeAsync(one.RefreshToken!)).Text);
        Assert.Equal("{}", (await other.RevokeAsync(other.AccessToken!)).Text);

        (await one.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
        (await other.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
        (await other.RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task Revoking_what_is_no_token_or_another_s_succeeds_and_changes_nothing()
    {
        var (app, other) = (await pds.SignInAsync(pds.NewClient(), await pds.SignUpAsync()), pds.NewClient());

        (await other.RevokeAsync("nonsense")).Ok();
        (await other.RevokeAsync(app.RefreshToken!)).Ok();
        (await app.With(key: new ClientKeyPair()).RevokeAsync(app.RefreshToken!)).Ok();

        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Theory]
    [InlineData(false, 14)]
    [InlineData(true, 90)]
    public async Task A_session_that_is_not_refreshed_ends(bool isConfidential, int days)
    {
        var server = new OAuthPds();
        await server.InitializeAsync();
        try
        {
            var app = await server.SignInAsync(isConfidential ? server.NewConfidentialClient() : server.NewClient(), await server.SignUpAsync());
            server.Time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromHours(1));
            (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
            (await app.RefreshAsync()).Ok();

            server.Time.Advance(TimeSpan.FromDays(days + 2));

            (await app.RefreshAsync()).RefusedByOAuth(400, "invalid_grant");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_code_that_is_not_exchanged_in_time_is_void()
    {
        var server = new OAuthPds();
        await server.InitializeAsync();
        try
        {
            var app = server.NewClient();
            var code = await server.AuthorizeAsync(app, await server.SignUpAsync(), await app.PushAsync());

            server.Time.Advance(AuthorizationCode.Lifetime);

            (await app.ExchangeAsync(code)).RefusedByOAuth(400, "invalid_grant");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
