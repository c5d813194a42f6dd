using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RefreshSessionTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.refreshSession";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(2);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    [Fact]
    public async Task Answers_with_a_new_pair_and_who_it_is()
    {
        var alice = await pds.SignUpAsync();

        var answer = (await RefreshAsync(alice.RefreshJwt)).Ok();

        var next = new Actor(pds.Url, answer, "");
        Assert.Equal(
            ["accessJwt", "active", "did", "email", "emailAuthFactor", "emailConfirmed", "handle", "refreshJwt"],
            answer.EnumerateObject().Select(field => field.Name).Order());
        Assert.NotEqual(IdOf(alice.RefreshJwt), IdOf(next.RefreshJwt));
        Assert.Equal(alice.Did, next.Did);
        (await next.GetAsync("com.atproto.server.getSession")).Ok();
        (await RefreshAsync(next.RefreshJwt)).Ok();
    }

    [Theory]
    [InlineData(false, "com.atproto.appPass")]
    [InlineData(true, "com.atproto.appPassPrivileged")]
    public async Task A_session_of_an_app_password_stays_one_however_often_it_is_refreshed(bool privileged, string scope)
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInToAppAsync(alice, privileged: privileged);

        for (var i = 0; i < 3; i++)
        {
            app = new Actor(pds.Url, (await RefreshAsync(app.RefreshJwt)).Ok(), app.Password);
            Assert.Equal(scope, Jwt.Read(app.AccessJwt).Claim("scope"));
        }

        (await app.PostAsync("com.atproto.server.createAppPassword", new { name = "another" })).Refused(400, "InvalidToken");
        (await alice.PostAsync("com.atproto.server.revokeAppPassword", new { name = "my app" })).Ok();
        (await app.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task The_next_token_lasts_90_days_from_the_exchange()
    {
        var alice = await pds.SignUpAsync();
        pds.Time.Advance(TimeSpan.FromDays(10));

        var next = await NextAsync(alice.RefreshJwt);

        Assert.Equal((pds.Time.GetUtcNow() + Lifetime).ToUnixTimeSeconds(), (long)Jwt.Read(next).Claims["exp"]!);
    }

    [Fact]
    public async Task For_two_hours_the_same_token_yields_the_same_successor()
    {
        var alice = await pds.SignUpAsync();

        var first = await NextAsync(alice.RefreshJwt);
        pds.Time.Advance(Grace - Second);
        var second = await NextAsync(alice.RefreshJwt);

        Assert.Equal(IdOf(first), IdOf(second));
        Assert.Equal(Jwt.Read(first).Claim("exp"), Jwt.Read(second).Claim("exp"));
    }

    [Fact]
    public async Task The_grace_is_not_prolonged_by_using_it()
    {
        var alice = await pds.SignUpAsync();
        await NextAsync(alice.RefreshJwt);
        pds.Time.Advance(Grace - Second);
        await NextAsync(alice.RefreshJwt);

        pds.Time.Advance(Second);

        (await RefreshAsync(alice.RefreshJwt)).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task Past_the_grace_the_old_token_is_revoked_and_the_new_one_works()
    {
        var alice = await pds.SignUpAsync();
        var next = await NextAsync(alice.RefreshJwt);

        pds.Time.Advance(Grace);

        Assert.Equal("Token has been revoked", (await RefreshAsync(alice.RefreshJwt)).Refused(400, "ExpiredToken").Message);
        await NextAsync(next);
    }

    [Fact]
    public async Task The_grace_does_not_outlast_the_token()
    {
        var alice = await pds.SignUpAsync();
        pds.Time.Advance(Lifetime - TimeSpan.FromHours(1));
        var next = await NextAsync(alice.RefreshJwt);

        pds.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("Token has expired", (await RefreshAsync(alice.RefreshJwt)).Refused(400, "ExpiredToken").Message);
        await NextAsync(next);
    }

    [Fact]
    public async Task An_old_token_in_its_grace_still_yields_its_own_successor_when_that_was_exchanged_too()
    {
        var alice = await pds.SignUpAsync();
        var second = await NextAsync(alice.RefreshJwt);
        var third = await NextAsync(second);

        Assert.Equal(IdOf(second), IdOf(await NextAsync(alice.RefreshJwt)));
        Assert.Equal(IdOf(third), IdOf(await NextAsync(second)));
    }

    [Fact]
    public async Task Many_at_once_get_the_same_successor()
    {
        var alice = await pds.SignUpAsync();

        var successors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NextAsync(alice.RefreshJwt)));

        Assert.Single(successors.Select(IdOf).Distinct());
    }

    [Fact]
    public async Task Refuses_a_token_of_90_days()
    {
        var alice = await pds.SignUpAsync();

        pds.Time.Advance(Lifetime);

        Assert.Equal("Token has expired", (await RefreshAsync(alice.RefreshJwt)).Refused(400, "ExpiredToken").Message);
    }

    [Fact]
    public async Task Refuses_a_token_of_a_session_that_was_ended()
    {
        var alice = await pds.SignUpAsync();
        (await alice.Refreshing.PostAsync("com.atproto.server.deleteSession")).Ok();

        Assert.Equal("Token has been revoked", (await RefreshAsync(alice.RefreshJwt)).Refused(400, "ExpiredToken").Message);
    }

    [Fact]
    public async Task A_restart_ends_no_session_and_changes_no_successor()
    {
        var alice = await pds.SignUpAsync();
        var before = await NextAsync(alice.RefreshJwt);

        await pds.RestartAsync();

        Assert.Equal(IdOf(before), IdOf(await NextAsync(alice.RefreshJwt)));
        await NextAsync(before);
        (await new XrpcClient(pds.Url) { Authorization = alice.Authorization }.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Keeps_a_deactivated_account_signed_in()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        var answer = (await RefreshAsync(alice.RefreshJwt)).Ok();

        Assert.Equal("deactivated", answer.GetProperty("status").GetString());
        Assert.False(answer.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Refuses_an_account_that_was_taken_down()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await RefreshAsync(alice.RefreshJwt)).Refused(401, "AccountTakedown");
    }

    [Fact]
    public async Task Refuses_a_body()
    {
        var alice = await pds.SignUpAsync();

        (await alice.Refreshing.PostAsync(Method, new { })).Refused(400, "InvalidRequest");
    }

    private Task<XrpcAnswer> RefreshAsync(string token) => new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.PostAsync(Method);

    private async Task<string> NextAsync(string token) => (await RefreshAsync(token)).Ok().GetProperty("refreshJwt").GetString()!;

    private static string IdOf(string token) => Jwt.Read(token).Claim("jti");
}
