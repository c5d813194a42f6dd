using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class GetServiceAuthTests(GetServiceAuthTests.WithKnownSecret pds) : IClassFixture<GetServiceAuthTests.WithKnownSecret>
{
    private const string Secret = "a secret that the test knows, of more than 32 bytes";
    private const string Method = "com.atproto.server.getServiceAuth";
    private const string Service = "did:web:api.example.com";
    private const string SomeMethod = "com.example.doThing";

    private long Now => pds.Time.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData(Service)]
    [InlineData("did:web:api.example.com#bsky_appview")]
    [InlineData("did:web:localhost%3A2584")]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz")]
    public async Task Gives_a_token_that_the_accounts_published_key_verifies(string audience)
    {
        var alice = await pds.SignUpAsync();

        var text = await TokenAsync(alice, audience, lxm: SomeMethod);

        var (token, jwt) = (Parse(text), Jwt.Read(text));
        Assert.True(token.IsSignedBy(await PublishedKeyAsync(alice), pds.Services.GetRequiredService<ISignatureVerifier>()));
        Assert.Equal("""{"typ":"JWT","alg":"ES256K"}""", jwt.Header.ToJsonString());
        Assert.Equal((alice.Did.Value, audience, SomeMethod), (jwt.Claim("iss"), jwt.Claim("aud"), jwt.Claim("lxm")));
        Assert.Equal((Now, Now + 60), ((long)jwt.Claims["iat"]!, (long)jwt.Claims["exp"]!));
        Assert.Matches("^[0-9a-f]{32}$", jwt.Claim("jti"));
    }

    [Fact]
    public async Task Leaves_the_method_out_where_none_was_asked_for()
    {
        var alice = await pds.SignUpAsync();

        Assert.False(Jwt.Read(await TokenAsync(alice, Service, lxm: null)).Claims.ContainsKey("lxm"));
    }

    [Fact]
    public async Task Names_the_algorithm_of_the_accounts_key()
    {
        var alice = await pds.SignUpAsync();
        await ReplaceKeyAsync(alice, Curve.P256);

        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Jwt.Read(await TokenAsync(alice, Service, SomeMethod)).Header.ToJsonString());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("api.example.com")]
    [InlineData("https://api.example.com")]
    [InlineData("did:web:api.example.com#")]
    [InlineData("did:web:api.example.com#a#b")]
    [InlineData("did:web:api.example.com:path")]
    [InlineData("did:web:api.example.com%3A80")]
    [InlineData("did:plc:short")]
    [InlineData("did:key:zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF")]
    public async Task Refuses_an_audience_that_is_no_service(string audience)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("aud must be a valid atproto DID or did#serviceId reference", (await AskAsync(alice, audience)).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData(SomeMethod, 3600)]
    [InlineData(SomeMethod, 1)]
    [InlineData(null, 60)]
    [InlineData(null, 0)]
    public async Task Lasts_as_long_as_asked_for(string? lxm, int seconds)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(Now + seconds, (long)Jwt.Read((await AskAsync(alice, Service, lxm, Now + seconds)).Ok().GetProperty("token").GetString()!).Claims["exp"]!);
    }

    [Theory]
    [InlineData(SomeMethod, -1, "expiration is in past")]
    [InlineData(null, -1, "expiration is in past")]
    [InlineData(SomeMethod, 3601, "cannot request a token with an expiration more than an hour in the future")]
    [InlineData(null, 3601, "cannot request a token with an expiration more than an hour in the future")]
    [InlineData(null, 61, "cannot request a method-less token with an expiration more than a minute in the future")]
    public async Task Refuses_an_end_that_is_past_or_too_far_off(string? lxm, int seconds, string message)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(message, (await AskAsync(alice, Service, lxm, Now + seconds)).Refused(400, "BadExpiration").Message);
    }

    [Theory]
    [InlineData("0", "BadExpiration")]
    [InlineData("-5", "BadExpiration")]
    [InlineData("9223372036854775807", "BadExpiration")]
    [InlineData("-9223372036854775808", "BadExpiration")]
    [InlineData("99999999999999999999", "InvalidRequest")]
    [InlineData("soon", "InvalidRequest")]
    [InlineData("1.5", "InvalidRequest")]
    public async Task Refuses_ends_that_are_no_time(string exp, string error)
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method, new { aud = Service, exp })).Refused(400, error);
    }

    [Theory]
    [InlineData("com.atproto.server.getSession")]
    [InlineData("com.atproto.server.GETSESSION")]
    [InlineData("com.atproto.identity.updateHandle")]
    [InlineData("com.atproto.admin.sendEmail")]
    public async Task Refuses_methods_that_control_the_account(string lxm)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(
            $"cannot request a service auth token for the following protected method: {lxm}",
            (await AskAsync(alice, Service, lxm)).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("com.atproto.access", "chat.bsky.convo.getLog", true)]
    [InlineData("com.atproto.appPassPrivileged", "chat.bsky.convo.getLog", true)]
    [InlineData("com.atproto.appPass", "chat.bsky.convo.getLog", false)]
    [InlineData("com.atproto.appPass", "chat.bsky.convo.GETLOG", false)]
    [InlineData("com.atproto.appPassPrivileged", "com.atproto.server.createAccount", true)]
    [InlineData("com.atproto.appPass", "com.atproto.server.createAccount", false)]
    [InlineData("com.atproto.appPass", "app.bsky.feed.getTimeline", true)]
    public async Task Direct_messages_and_moving_need_more_than_a_plain_app_password(string scope, string lxm, bool isAllowed)
    {
        var alice = await pds.SignUpAsync();

        var answer = await AskAsync(WithScope(alice, scope), Service, lxm);

        if (isAllowed) answer.Ok();
        else Assert.Equal($"insufficient access to request a service auth token for the following method: {lxm}", answer.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task An_account_that_is_taken_down_gets_a_token_to_leave_with_and_no_other()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);
        var leaving = WithScope(alice, "com.atproto.takendown");

        (await AskAsync(leaving, Service, "com.atproto.server.createAccount")).Ok();
        Assert.Equal("Bad token scope", (await AskAsync(leaving, Service, SomeMethod)).Refused(400, "InvalidToken").Message);
        Assert.Equal("Bad token scope", (await AskAsync(leaving, Service)).Refused(400, "InvalidToken").Message);
    }

    [Fact]
    public async Task A_session_from_before_the_takedown_gets_nothing()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await AskAsync(alice, Service, "com.atproto.server.createAccount")).Refused(401, "AccountTakedown");
    }

    [Fact]
    public async Task A_deactivated_account_may_ask()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        (await AskAsync(alice, Service, SomeMethod)).Ok();
    }

    [Fact]
    public async Task Refuses_those_who_are_not_signed_in_but_looks_at_the_parameters_first()
    {
        var alice = await pds.SignUpAsync();

        (await AskAsync(pds.Anyone, Service)).Refused(401, "AuthMissing");
        (await AskAsync(pds.Admin, Service)).Refused(400, "InvalidToken");
        (await AskAsync(alice.Refreshing, Service)).Refused(400, "InvalidToken");
        Assert.Contains("\"aud\"", (await pds.Anyone.GetAsync(Method)).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        (await AskAsync(pds.Anyone, Service, "bad")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task A_token_is_no_session()
    {
        var alice = await pds.SignUpAsync();
        var own = pds.Services.GetRequiredService<ServiceOptions>().Did.Value;

        var token = await TokenAsync(alice, own, lxm: null);

        (await new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.GetAsync("com.atproto.server.getSession")).Refused(400, "InvalidToken");
    }

    private static Task<XrpcAnswer> AskAsync(XrpcClient caller, string aud, string? lxm = null, long? exp = null) => caller.GetAsync(Method, new { aud, lxm, exp });

    private static async Task<string> TokenAsync(XrpcClient caller, string aud, string? lxm) => (await AskAsync(caller, aud, lxm)).Ok().GetProperty("token").GetString()!;

    private static ServiceToken Parse(string text) => ServiceToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("No token");

    private XrpcClient WithScope(Actor actor, string scope) => new(pds.Url) { Authorization = $"Bearer {Jwt.Read(actor.AccessJwt).With("scope", scope).Sign(Secret)}" };

    private async Task<DidKey> PublishedKeyAsync(Actor actor) =>
        (await pds.Services.GetRequiredService<IPlcDirectory>().FindDocumentAsync(actor.Did, CancellationToken.None))!.SigningKey!;

    private async Task ReplaceKeyAsync(Actor actor, Curve curve)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IKeyring>().ReplaceAsync(actor.Did, PrivateKey.Generate(curve), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    public sealed class WithKnownSecret : TimedPdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Secrets:JwtSecret"] = Secret };
    }
}
