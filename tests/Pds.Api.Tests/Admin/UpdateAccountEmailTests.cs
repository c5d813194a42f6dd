using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class UpdateAccountEmailTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.updateAccountEmail";

    [Fact]
    public async Task Gives_an_account_another_address_that_has_to_be_confirmed_and_answers_nothing()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.ConfirmEmailAsync(alice);

        var answer = await SetAsync(alice.Handle, "By.Handle@Example.com");
        (await SetAsync(bob.Did.Value, "by.did@example.com")).Ok();

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.Equal(("by.handle@example.com", false), await EmailOfAsync(alice));
        Assert.Equal(("by.did@example.com", false), await EmailOfAsync(bob));
    }

    [Fact]
    public async Task The_old_address_is_no_second_factor_any_more_and_its_codes_are_void()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        (await alice.PostAsync("com.atproto.server.updateEmail", new { email = alice.Email, emailAuthFactor = true })).Ok();
        await pds.AskToUpdateAsync(alice);

        (await SetAsync(alice.Handle, "factor@example.com")).Ok();

        Assert.False((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("emailAuthFactor").GetBoolean());
        Assert.Equal(0, pds.CountCodes(alice));
    }

    [Fact]
    public async Task Refuses_anothers_address_in_any_case_and_takes_the_accounts_own()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        var refusal = await SetAsync(alice.Handle, bob.Email.ToUpperInvariant());

        Assert.Equal("This email address is already in use, please use a different email.", refusal.Refused(400, "InvalidRequest").Message);
        Assert.Equal(alice.Email, (await EmailOfAsync(alice)).Email);
        (await SetAsync(alice.Handle, alice.Email)).Ok();
    }

    [Fact]
    public async Task Of_many_accounts_that_are_to_have_an_address_at_once_one_gets_it()
    {
        var actors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pds.SignUpAsync("wants")));

        var answers = await Task.WhenAll(actors.Select(actor => SetAsync(actor.Did.Value, "wanted-by-many@example.com")));

        Assert.Single(answers, answer => answer.Error is null);
        Assert.All(
            answers.Where(answer => answer.Error is not null),
            answer => Assert.StartsWith("This email address is already in use", answer.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("nobody@localhost")]
    [InlineData("nobody@example.com\r\nBcc: all@example.com")]
    public async Task Refuses_what_mail_cannot_be_sent_to(string address)
    {
        var alice = await pds.SignUpAsync();

        (await SetAsync(alice.Handle, address)).Refused(400, "InvalidRequest");

        Assert.Equal(alice.Email, (await EmailOfAsync(alice)).Email);
    }

    [Fact]
    public async Task The_operator_may_set_what_nobody_may_sign_up_with() =>
        (await SetAsync((await pds.SignUpAsync()).Handle, "throwaway@mailinator.com")).Ok();

    [Fact]
    public async Task Serves_accounts_in_every_state()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await SetAsync(alice.Did.Value, "deactivated@example.com")).Ok();
        (await SetAsync(bob.Did.Value, "takendown@example.com")).Ok();
    }

    [Theory]
    [InlineData("nobody-here.test")]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz")]
    public async Task Refuses_an_account_that_is_not_here(string account) =>
        Assert.Equal($"Account does not exist: {account}", (await SetAsync(account, "unknown@example.com")).Refused(400, "InvalidRequest").Message);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"account":"no body","email":"a@example.com"}""")]
    [InlineData("""{"account":"alice.test"}""")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await pds.Admin.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Takes_the_administrators_password_and_no_session()
    {
        var alice = await pds.SignUpAsync();
        var body = new { account = alice.Handle, email = "mallory@example.com" };
        var wrong = new XrpcClient(pds.Url) { Authorization = $"Basic {Convert.ToBase64String("admin:wrong"u8)}" };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
        (await wrong.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
    }

    private static async Task<(string? Email, bool IsConfirmed)> EmailOfAsync(Actor actor)
    {
        var session = (await actor.GetAsync("com.atproto.server.getSession")).Ok();
        return (session.GetProperty("email").GetString(), session.GetProperty("emailConfirmed").GetBoolean());
    }

    private Task<XrpcAnswer> SetAsync(string account, string email) => pds.Admin.PostAsync(Method, new { account, email });
}
