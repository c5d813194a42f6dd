using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RequestEmailConfirmationTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.requestEmailConfirmation";

    [Fact]
    public async Task Sends_a_code_to_the_accounts_address_and_answers_nothing()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.PostAsync(Method);

        answer.Ok();
        Assert.Empty(answer.Body);
        var letter = pds.Mail.Last<Letter.ConfirmEmail>(alice);
        Assert.Equal(alice.Handle, letter.Handle.Value);
        Assert.Matches(@"^[A-Z2-7]{5}-[A-Z2-7]{5}\z", letter.Code.Reveal());
    }

    [Fact]
    public async Task Sends_another_where_the_address_is_confirmed()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        var code = await pds.AskToConfirmAsync(alice);

        (await ConfirmAsync(alice, code)).Ok();
    }

    [Fact]
    public async Task A_newer_code_takes_the_place_of_the_older()
    {
        var alice = await pds.SignUpAsync();
        var older = await pds.AskToConfirmAsync(alice);
        var newer = await pds.AskToConfirmAsync(alice);

        (await ConfirmAsync(alice, older)).Refused(400, "InvalidToken");
        (await ConfirmAsync(alice, newer)).Ok();
    }

    [Fact]
    public async Task Says_so_where_the_mail_server_fails_and_leaves_no_trace()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var code = await pds.AskToConfirmAsync(alice);

        using (pds.WithoutMail())
        {
            Assert.Equal("The mail server cannot be reached", (await alice.PostAsync(Method)).Refused(502, "UpstreamFailure").Message);
            (await bob.PostAsync(Method)).Refused(502, "UpstreamFailure");
        }

        Assert.Equal(0, pds.CountCodes(bob));
        (await ConfirmAsync(alice, code)).Ok(); // the earlier one works on
    }

    [Fact]
    public async Task Refuses_an_account_without_an_address()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET email = NULL, email_key = NULL WHERE did = @0", alice.Did.Value);

        Assert.Equal("account does not have an email address", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData(SessionScope.AppPass)]
    [InlineData(SessionScope.AppPassPrivileged)]
    public async Task Is_open_to_app_passwords(SessionScope scope)
    {
        var alice = await pds.SignUpAsync();

        (await pds.InSession(alice, scope).PostAsync(Method)).Ok();

        Assert.NotNull(pds.Mail.Last<Letter.ConfirmEmail>(alice));
    }

    [Fact]
    public async Task Is_open_to_deactivated_accounts_and_closed_to_taken_down_ones()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await alice.PostAsync(Method)).Ok();
        (await bob.PostAsync(Method)).Refused(401, "AccountTakedown");
        (await pds.InSession(bob, SessionScope.Takendown).PostAsync(Method)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Takes_a_session_and_no_body()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
        (await alice.Refreshing.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Admin.PostAsync(Method)).Refused(400, "InvalidToken");
        (await alice.PostAsync(Method, new { email = alice.Email })).Refused(400, "InvalidRequest");
    }

    private static Task<XrpcAnswer> ConfirmAsync(Actor actor, string code) =>
        actor.PostAsync("com.atproto.server.confirmEmail", new { email = actor.Email, token = code });
}
