using System.Diagnostics;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CreateSessionTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.createSession";

    [Fact]
    public async Task Signs_in_with_handle_did_or_email_address_in_any_case()
    {
        var alice = await pds.SignUpAsync();

        foreach (var identifier in new[] { alice.Handle, alice.Handle.ToUpperInvariant(), alice.Did.Value, $"{alice.Handle}@example.com", $"{alice.Handle}@Example.COM".ToUpperInvariant() })
            Assert.Equal(alice.Did.Value, (await SignInAsync(identifier, alice.Password)).Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task Answers_with_who_it_is_and_no_document()
    {
        var alice = await pds.SignUpAsync();

        var session = (await SignInAsync(alice.Handle, alice.Password)).Ok();

        Assert.Equal(
            ["accessJwt", "active", "did", "email", "emailAuthFactor", "emailConfirmed", "handle", "refreshJwt"],
            session.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(alice.Handle, session.GetProperty("handle").GetString());
        Assert.Equal($"{alice.Handle}@example.com", session.GetProperty("email").GetString());
        Assert.False(session.GetProperty("emailConfirmed").GetBoolean());
        Assert.True(session.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Its_tokens_say_what_the_official_ones_say_and_when_to_the_millisecond()
    {
        var alice = await pds.SignUpAsync();

        var session = new Actor(pds.Url, (await SignInAsync(alice.Handle, alice.Password)).Ok(), "");

        var (access, refresh) = (Jwt.Read(session.AccessJwt), Jwt.Read(session.RefreshJwt));
        Assert.Equal("at+jwt", access.Header["typ"]!.ToString());
        Assert.Equal("HS256", access.Header["alg"]!.ToString());
        Assert.Equal(["aud", "exp", "iat", "iat_ms", "scope", "sub"], access.Claims.Select(claim => claim.Key).Order());
        Assert.Equal(("did:web:localhost", "com.atproto.access", alice.Did.Value), (access.Claim("aud"), access.Claim("scope"), access.Claim("sub")));
        Assert.Equal(2 * 60 * 60, (long)access.Claims["exp"]! - (long)access.Claims["iat"]!);
        Assert.Equal("refresh+jwt", refresh.Header["typ"]!.ToString());
        Assert.Equal(["aud", "exp", "iat", "iat_ms", "jti", "scope", "sub"], refresh.Claims.Select(claim => claim.Key).Order());
        Assert.Equal("com.atproto.refresh", refresh.Claim("scope"));
        Assert.Equal(32, Convert.FromBase64String(refresh.Claim("jti")).Length);
        Assert.InRange((long)refresh.Claims["exp"]! - (long)refresh.Claims["iat"]!, (90 * 24 * 60 * 60) - 1, 90 * 24 * 60 * 60);
    }

    [Fact]
    public async Task Each_signing_in_is_a_session_of_its_own()
    {
        var alice = await pds.SignUpAsync();
        var one = new Actor(pds.Url, (await SignInAsync(alice.Handle, alice.Password)).Ok(), "");
        var two = new Actor(pds.Url, (await SignInAsync(alice.Handle, alice.Password)).Ok(), "");

        (await one.Refreshing.PostAsync("com.atproto.server.deleteSession")).Ok();

        (await one.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        (await two.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_not_sooner_than_350_milliseconds()
    {
        var alice = await pds.SignUpAsync();

        var refusals = await Task.WhenAll(
            RefuseAsync(alice.Handle, "not the password"),
            RefuseAsync(alice.Handle, ""),
            RefuseAsync(alice.Handle, new string('x', 512)),
            RefuseAsync("nobody-here.test", alice.Password),
            RefuseAsync("did:plc:ewvi7nxzyoun6zhxrhs64oiz", alice.Password),
            RefuseAsync("nobody@example.com", alice.Password),
            RefuseAsync("not an identifier", alice.Password),
            RefuseAsync("", alice.Password));

        Assert.All(refusals, refusal => Assert.InRange(refusal.Time.TotalMilliseconds, 350, 20_000));
        Assert.All(refusals, refusal => Assert.Equal("Invalid identifier or password", refusal.Answer.Refused(401, "AuthenticationRequired").Message));
        Assert.Single(refusals.Select(refusal => refusal.Answer.Text).Distinct());
    }

    [Fact]
    public async Task Refuses_a_password_of_more_than_512_characters_unread()
    {
        var refusal = await SignInAsync("nobody-here.test", new string('x', 513));

        Assert.Equal("Password too long. Consider resetting your password.", refusal.Refused(401, "AuthenticationRequired").Message);
    }

    [Theory]
    [InlineData("""{"identifier":"alice.test"}""")]
    [InlineData("""{"password":"password"}""")]
    [InlineData("""{"identifier":"alice.test","password":null}""")]
    [InlineData("""{"identifier":"alice.test","password":12}""")]
    [InlineData("""{"identifier":["alice.test"],"password":"password"}""")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await pds.Anyone.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Lets_a_deactivated_account_in_and_says_that_it_is_one()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        var session = (await SignInAsync(alice.Handle, alice.Password)).Ok();

        Assert.False(session.GetProperty("active").GetBoolean());
        Assert.Equal("deactivated", session.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Refuses_a_taken_down_account_to_those_who_know_its_password_and_the_rest_learn_nothing()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await SignInAsync(alice.Handle, alice.Password)).Refused(401, "AccountTakedown");
        (await SignInAsync(alice.Handle, "not the password")).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Lets_a_taken_down_account_in_that_asks_for_it_with_a_session_that_cannot_be_renewed()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        var answer = (await pds.Anyone.PostAsync(Method, new { identifier = alice.Handle, password = alice.Password, allowTakendown = true })).Ok();

        var session = new Actor(pds.Url, answer, "");
        Assert.Equal("takendown", answer.GetProperty("status").GetString());
        Assert.Equal("com.atproto.takendown", Jwt.Read(session.AccessJwt).Claim("scope"));
        (await session.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(401, "AccountTakedown");
        (await session.CreateRecordAsync(Records.Post())).Refused(400, "InvalidToken");
        (await session.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).OkCar();
    }

    [Fact]
    public async Task Whoever_signs_in_with_the_old_password_while_it_is_changed_does_not_stay()
    {
        var alice = await pds.SignUpAsync();

        var signingIn = Enumerable.Range(0, 8).Select(_ => SignInAsync(alice.Handle, alice.Password)).ToList();
        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountPassword", new { did = alice.Did.Value, password = "another password" })).Ok();

        foreach (var answer in await Task.WhenAll(signingIn))
        {
            if (answer.Error is not null) answer.Refused(401, "AuthenticationRequired");
            else (await new Actor(pds.Url, answer.Ok(), "").Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        }
    }

    private Task<XrpcAnswer> SignInAsync(string identifier, string password) => pds.Anyone.PostAsync(Method, new { identifier, password });

    private async Task<(XrpcAnswer Answer, TimeSpan Time)> RefuseAsync(string identifier, string password)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await SignInAsync(identifier, password);
        return (answer, Stopwatch.GetElapsedTime(started));
    }
}
