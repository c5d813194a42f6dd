using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RequestEmailUpdateTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.requestEmailUpdate";

    [Fact]
    public async Task Asks_for_no_code_while_the_address_is_not_confirmed()
    {
        var alice = await pds.SignUpAsync();

        var answer = (await alice.PostAsync(Method)).Ok();

        Assert.Equal("""{"tokenRequired":false}""", answer.ToString());
        Assert.DoesNotContain(pds.Mail.Letters, letter => letter.To == alice.Email);
    }

    [Fact]
    public async Task Sends_a_code_to_the_present_address_where_it_is_confirmed()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        var answer = (await alice.PostAsync(Method)).Ok();

        Assert.Equal("""{"tokenRequired":true}""", answer.ToString());
        Assert.Equal(alice.Handle, pds.Mail.Last<Letter.UpdateEmail>(alice).Handle.Value);
    }

    [Fact]
    public async Task Says_so_where_the_mail_server_fails_and_leaves_no_trace()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        using (pds.WithoutMail()) (await alice.PostAsync(Method)).Refused(502, "UpstreamFailure");

        Assert.Equal(0, pds.CountCodes(alice));
    }

    [Theory]
    [InlineData(SessionScope.AppPass)]
    [InlineData(SessionScope.AppPassPrivileged)]
    [InlineData(SessionScope.Takendown)]
    public async Task Takes_a_session_of_the_accounts_own_password(SessionScope scope)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Bad token scope", (await pds.InSession(alice, scope).PostAsync(Method)).Refused(400, "InvalidToken").Message);
        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
        (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest"); // it takes no body
    }

    [Fact]
    public async Task Is_open_to_deactivated_accounts_and_closed_to_taken_down_ones()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await alice.PostAsync(Method)).Ok();
        (await bob.PostAsync(Method)).Refused(401, "AccountTakedown");
    }
}
