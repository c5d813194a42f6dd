using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RequestAccountDeleteTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.requestAccountDelete";

    [Fact]
    public async Task Sends_a_code_to_the_accounts_address()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.PostAsync(Method);

        answer.Ok();
        Assert.Empty(answer.Body);
        var letter = pds.Mail.Last<Letter.DeleteAccount>(alice);
        Assert.Equal(alice.Handle, letter.Handle.Value);
        Assert.Matches("^[A-Z2-7]{5}-[A-Z2-7]{5}\\z", letter.Code.Reveal());
    }

    [Fact]
    public async Task A_new_code_takes_the_place_of_the_one_before()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync(Method)).Ok();
        var first = pds.Mail.LastCode<Letter.DeleteAccount>(alice);
        (await alice.PostAsync(Method)).Ok();

        (await DeleteAsync(alice, first)).Refused(400, "InvalidToken");
        (await DeleteAsync(alice, pds.Mail.LastCode<Letter.DeleteAccount>(alice))).Ok();
    }

    [Fact]
    public async Task Serves_a_deactivated_account()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        (await alice.PostAsync(Method)).Ok();

        (await DeleteAsync(alice, pds.Mail.LastCode<Letter.DeleteAccount>(alice))).Ok();
    }

    [Fact]
    public async Task One_that_waits_while_the_account_goes_is_refused_and_leaves_no_code()
    {
        var alice = await pds.SignUpAsync();
        Task<XrpcAnswer> request;
        using (await pds.Services.GetRequiredService<IRepoGate>().EnterAsync(alice.Did, CancellationToken.None))
        {
            request = alice.PostAsync(Method);
            await Task.Delay(50); // it has shown its token and waits; if it has not yet, it is refused by that
            await pds.ForgetAsync(alice.Did);
        }

        (await request).Refused(403, "AccountNotFound");
        Assert.DoesNotContain("account_email_token.did", DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
    }

    [Fact]
    public async Task Refuses_an_account_without_an_address()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET email = NULL, email_key = NULL WHERE did = @0", alice.Did.Value);

        Assert.Equal("account does not have an email address", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_other_credentials_than_the_accounts_own_password_and_a_body()
    {
        var alice = await pds.SignUpAsync();

        (await pds.As(alice.Did, SessionScope.AppPass).PostAsync(Method)).Refused(400, "InvalidToken");
        (await alice.Refreshing.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Admin.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
        (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest");
        await pds.TakeDownAsync(alice.Did);
        (await alice.PostAsync(Method)).Refused(401, "AccountTakedown");
        (await pds.As(alice.Did, SessionScope.Takendown).PostAsync(Method)).Refused(400, "InvalidToken");
    }

    private Task<XrpcAnswer> DeleteAsync(Actor actor, string token) =>
        pds.Anyone.PostAsync("com.atproto.server.deleteAccount", new { did = actor.Did.Value, password = actor.Password, token });

    /// <summary>A server of its own: its mail does not go out.</summary>
    public sealed class WithoutMail(PdsFixture pds) : IClassFixture<PdsFixture>
    {
        [Fact]
        public async Task A_code_that_could_not_be_sent_does_not_replace_the_one_before()
        {
            var alice = await pds.SignUpAsync();
            (await alice.PostAsync(Method)).Ok();

            pds.Mail.Failure = XrpcException.UpstreamFailure("The mail server cannot be reached");
            (await alice.PostAsync(Method)).Refused(502, "UpstreamFailure");

            (await pds.Anyone.PostAsync(
                "com.atproto.server.deleteAccount",
                new { did = alice.Did.Value, password = alice.Password, token = pds.Mail.LastCode<Letter.DeleteAccount>(alice) })).Ok();
        }
    }
}
