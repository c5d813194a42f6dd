using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class RequestPlcOperationSignatureTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.identity.requestPlcOperationSignature";

    [Fact]
    public async Task Sends_a_code_to_the_accounts_address()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.PostAsync(Method);

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.Equal(alice.Handle, pds.Mail.Last<Letter.PlcOperation>(alice).Handle.Value);
    }

    [Fact]
    public async Task A_new_code_takes_the_place_of_the_one_before()
    {
        var alice = await pds.SignUpAsync();
        var (first, second) = (await pds.AskToSignAsync(alice), await pds.AskToSignAsync(alice));

        (await alice.PostAsync("com.atproto.identity.signPlcOperation", new { token = first })).Refused(400, "InvalidToken");
        (await alice.PostAsync("com.atproto.identity.signPlcOperation", new { token = second })).Ok();
    }

    [Fact]
    public async Task Says_so_where_the_mail_server_fails_and_the_code_of_before_still_works()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        using (pds.WithoutMail()) (await alice.PostAsync(Method)).Refused(502, "UpstreamFailure");

        (await alice.PostAsync("com.atproto.identity.signPlcOperation", new { token = code })).Ok();
    }

    [Fact]
    public async Task Refuses_an_account_without_an_address()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET email = NULL WHERE did = @0", alice.Did.Value);

        Assert.Equal("account does not have an email address", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_a_did_web_which_nobody_signs_operations_for()
    {
        var (alice, _) = await pds.HostAsync(Did.Parse("did:web:request.example.com"), "alice-web.test");

        (await alice.PostAsync(Method)).Refused(400, "InvalidRequest");

        Assert.DoesNotContain(pds.Mail.Letters, letter => letter.To == alice.Email);
    }

    [Theory]
    [InlineData(SessionScope.AppPass)]
    [InlineData(SessionScope.AppPassPrivileged)]
    public async Task Takes_a_session_of_the_accounts_own_password(SessionScope scope)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Bad token scope", (await pds.InSession(alice, scope).PostAsync(Method)).Refused(400, "InvalidToken").Message);
        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
        (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest"); // it takes no body
    }

    [Fact]
    public async Task Is_open_to_accounts_that_leave_deactivated_or_taken_down()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await alice.PostAsync(Method)).Ok();
        (await pds.InSession(bob, SessionScope.Takendown).PostAsync(Method)).Ok();
    }
}
