using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class ResetPasswordTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.resetPassword";
    private const string NewPassword = "a password that nobody has had yet";

    [Fact]
    public async Task Sets_another_password_and_answers_nothing()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);

        var answer = await ResetAsync(code.ToLowerInvariant());

        answer.Ok();
        Assert.Empty(answer.Body);
        (await SignInAsync(alice, NewPassword)).Ok();
        (await SignInAsync(alice, alice.Password)).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Ends_every_session_of_the_account_and_nobody_elses()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var second = await alice.SignInAgainAsync();
        var code = await pds.AskToResetAsync(alice);
        pds.Time.Advance(TimeSpan.FromMilliseconds(1)); // in the second that the sessions began in

        (await ResetAsync(code)).Ok();

        foreach (var session in new[] { alice, second })
        {
            Assert.Equal("Token has been revoked", (await session.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken").Message);
            (await session.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        }

        var again = new Actor(pds.Url, (await SignInAsync(alice, NewPassword)).Ok(), NewPassword);
        (await again.GetAsync("com.atproto.server.getSession")).Ok();
        (await again.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
        (await bob.GetAsync("com.atproto.server.getSession")).Ok();
        (await bob.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task Leaves_the_address_confirmed_and_codes_for_other_things_alive()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var confirm = await pds.AskToConfirmAsync(alice);

        (await ResetAsync(await pds.AskToResetAsync(alice))).Ok();

        var again = new Actor(pds.Url, (await SignInAsync(alice, NewPassword)).Ok(), NewPassword);
        Assert.True(again.Session.GetProperty("emailConfirmed").GetBoolean());
        (await again.PostAsync("com.atproto.server.confirmEmail", new { email = alice.Email, token = confirm })).Ok();
    }

    [Fact]
    public async Task Takes_a_code_once()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);
        (await ResetAsync(code)).Ok();

        (await ResetAsync(code, "yet another")).Refused(400, "InvalidToken");

        (await SignInAsync(alice, NewPassword)).Ok();
    }

    [Fact]
    public async Task Of_many_that_send_one_code_at_once_one_is_heard()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ResetAsync(code, $"password {i}")));

        var winner = Assert.Single(Enumerable.Range(0, 6), i => answers[i].Error is null);
        Assert.All(answers.Where(answer => answer.Error is not null), answer => answer.Refused(400, "InvalidToken"));
        (await SignInAsync(alice, $"password {winner}")).Ok();
    }

    [Fact]
    public async Task Refuses_codes_that_are_none_or_for_something_else_all_alike()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var replaced = await pds.AskToResetAsync(alice);
        await pds.AskToResetAsync(alice);
        var (confirm, update) = (await pds.AskToConfirmAsync(alice), await pds.AskToUpdateAsync(alice));

        var refusals = new List<XrpcAnswer>();
        foreach (var code in new[] { "", "x", "AAAAA-AAAAA", new string('x', 10_240), "\r\nBcc: x", replaced, confirm, update }) refusals.Add(await ResetAsync(code));

        Assert.All(refusals, refusal => Assert.Equal("Token is invalid", refusal.Refused(400, "InvalidToken").Message));
        Assert.Single(refusals.Select(refusal => refusal.Text).Distinct());
        (await SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task A_code_works_for_fifteen_minutes()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (alices, bobs) = (await pds.AskToResetAsync(alice), await pds.AskToResetAsync(bob));

        pds.Time.Advance(TimeSpan.FromMinutes(15));
        (await ResetAsync(alices)).Ok();
        pds.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Token is expired", (await ResetAsync(bobs)).Refused(400, "ExpiredToken").Message);

        (await SignInAsync(bob, bob.Password)).Ok();
    }

    [Fact]
    public async Task Refuses_an_empty_password_and_one_of_more_than_256_characters_and_the_code_stays_good()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);

        foreach (var password in new[] { "", new string('x', 257) })
            Assert.Equal("Invalid password length.", (await ResetAsync(code, password)).Refused(400, "InvalidRequest").Message);
        (await ResetAsync(code, new string('x', 256))).Ok();

        (await SignInAsync(alice, new string('x', 256))).Ok();
    }

    [Fact]
    public async Task Serves_accounts_in_every_state()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await ResetAsync(await pds.AskToResetAsync(alice))).Ok();
        (await ResetAsync(await pds.AskToResetAsync(bob))).Ok();

        Assert.False((await SignInAsync(alice, NewPassword)).Ok().GetProperty("active").GetBoolean());
        (await SignInAsync(bob, NewPassword)).Refused(401, "AccountTakedown");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":"AAAAA-AAAAA"}""")]
    [InlineData("""{"password":"another"}""")]
    [InlineData("""{"token":"AAAAA-AAAAA","password":null}""")]
    [InlineData("""{"token":12,"password":"another"}""")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await pds.Anyone.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    private Task<XrpcAnswer> ResetAsync(string code, string password = NewPassword) => pds.Anyone.PostAsync(Method, new { token = code, password });

    private Task<XrpcAnswer> SignInAsync(Actor actor, string password) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = actor.Handle, password });
}
