using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>The whole way, as an app goes it.</summary>
public sealed class SignInWithAnAppTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task A_public_client_gets_tokens_and_calls_with_them()
    {
        var alice = await pds.SignUpAsync();
        var app = pds.NewClient();

        var request = await app.PushAsync("atproto transition:generic");
        var answer = await app.ExchangeAsync(await pds.AuthorizeAsync(app, alice, request));
        var session = await app.GetAsync("com.atproto.server.getSession");

        var tokens = answer.Ok();
        Assert.Equal(alice.Did.Value, tokens.GetProperty("sub").GetString());
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        Assert.Equal("atproto transition:generic", tokens.GetProperty("scope").GetString());
        Assert.InRange(tokens.GetProperty("expires_in").GetInt32(), 60, (30 * 60) - 1);
        Assert.StartsWith("ref-", tokens.GetProperty("refresh_token").GetString(), StringComparison.Ordinal);
        Assert.Equal(alice.Did.Value, session.Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task A_confidential_client_gets_tokens_and_writes_with_them()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewConfidentialClient(), alice);

        var created = await app.PostAsync("com.atproto.repo.createRecord", new { repo = alice.Did.Value, collection = "app.bsky.feed.post", record = Records.Post("by an app") });

        Assert.StartsWith($"at://{alice.Did}/", created.Ok().GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_being_written_needs_no_document()
    {
        var alice = await pds.SignUpAsync();
        var app = new OAuthClient(pds.Url, "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto%20transition%3Ageneric")
        {
            RedirectUri = "http://127.0.0.1:4321/callback",
            Clock = pds.Time.GetUtcNow,
        };

        await pds.SignInAsync(app, alice);

        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task A_session_goes_on_after_a_restart_and_with_another_secret()
    {
        var server = new RestartablePds();
        await server.InitializeAsync();
        try
        {
            var alice = await server.SignUpAsync();
            var app = await server.SignInAsync(server.NewClient(), alice);

            server.JwtSecret = "another secret, of 32 characters or more";
            await server.RestartAsync();
            var moved = new OAuthClient(server.Url, app.Id) { Key = app.Key, AccessToken = app.AccessToken, RefreshToken = app.RefreshToken, Clock = server.Time.GetUtcNow };

            (await moved.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
            (await moved.RefreshAsync()).Ok();
            (await moved.GetAsync("com.atproto.server.getSession")).Ok();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private sealed class RestartablePds : OAuthPds
    {
        public string JwtSecret { get; set; } = "the first secret, of 32 characters or more";

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Secrets:JwtSecret"] = JwtSecret };
    }
}
