using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class UpdateAccountPasswordTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.admin.updateAccountPassword";
    private const string NewPassword = "a password that nobody has had yet";

    [Fact]
    public async Task Sets_another_password_ends_every_session_and_answers_nothing()
    {
        var alice = await pds.SignUpAsync();
        pds.Time.Advance(TimeSpan.FromMilliseconds(1)); // in the second that the sessions began in

        var answer = await SetAsync(alice.Did.Value, NewPassword);

        answer.Ok();
        Assert.Empty(answer.Body);
        (await SignInAsync(alice, alice.Password)).Refused(401, "AuthenticationRequired");
        (await alice.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        var again = new Actor(pds.Url, (await SignInAsync(alice, NewPassword)).Ok(), NewPassword);
        (await again.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task A_code_for_a_new_password_that_was_sent_before_is_void()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);

        (await SetAsync(alice.Did.Value, NewPassword)).Ok();

        (await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = code, password = "another" })).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_an_empty_password_and_one_of_more_than_256_characters()
    {
        var alice = await pds.SignUpAsync();

        foreach (var password in new[] { "", new string('x', 257) })
            Assert.Equal("Invalid password length.", (await SetAsync(alice.Did.Value, password)).Refused(400, "InvalidRequest").Message);

        (await SignInAsync(alice, alice.Password)).Ok();
        (await SetAsync(alice.Did.Value, new string('x', 256))).Ok();
    }

    [Fact]
    public async Task Serves_accounts_in_every_state()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await SetAsync(alice.Did.Value, NewPassword)).Ok();
        (await SetAsync(bob.Did.Value, NewPassword)).Ok();

        (await SignInAsync(alice, NewPassword)).Ok();
        (await SignInAsync(bob, NewPassword)).Refused(401, "AccountTakedown");
    }

    [Fact]
    public async Task Refuses_an_account_that_is_not_here() => Assert.Equal(
        "Account does not exist: did:plc:ewvi7nxzyoun6zhxrhs64oiz", (await SetAsync("did:plc:ewvi7nxzyoun6zhxrhs64oiz", NewPassword)).Refused(400, "InvalidRequest").Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"did":"alice.test","password":"another"}""")]
    [InlineData("""{"did":"did:plc:ewvi7nxzyoun6zhxrhs64oiz","password":12}""")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await pds.Admin.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Takes_the_administrators_password_and_no_session()
    {
        var alice = await pds.SignUpAsync();
        var body = new { did = alice.Did.Value, password = NewPassword };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");

        (await SignInAsync(alice, alice.Password)).Ok();
    }

    private Task<XrpcAnswer> SetAsync(string account, string password) => pds.Admin.PostAsync(Method, new { did = account, password });

    private Task<XrpcAnswer> SignInAsync(Actor actor, string password) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = actor.Handle, password });
}
