using Pds.Application.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class ConfirmEmailTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.confirmEmail";

    [Fact]
    public async Task Confirms_the_address_and_answers_nothing()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToConfirmAsync(alice);

        var answer = await ConfirmAsync(alice, code);

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.True(await IsConfirmedAsync(alice));
        Assert.True((await alice.SignInAgainAsync()).Session.GetProperty("emailConfirmed").GetBoolean());
    }

    [Theory]
    [InlineData("lower")]
    [InlineData("spaced")]
    [InlineData("bare")]
    public async Task Takes_the_code_as_people_type_it(string how)
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToConfirmAsync(alice);

        var typed = how switch { "lower" => code.ToLowerInvariant(), "spaced" => $" {code}\n", _ => code.Replace("-", "", StringComparison.Ordinal) };

        (await ConfirmAsync(alice, typed, alice.Email.ToUpperInvariant())).Ok();
    }

    [Fact]
    public async Task Takes_a_code_once()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToConfirmAsync(alice);

        (await ConfirmAsync(alice, code)).Ok();

        Assert.Equal("Token is invalid", (await ConfirmAsync(alice, code)).Refused(400, "InvalidToken").Message);
    }

    [Fact]
    public async Task Of_many_that_send_one_code_at_once_one_is_heard()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToConfirmAsync(alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConfirmAsync(alice, code)));

        Assert.Single(answers, answer => answer.Error is null);
        Assert.All(answers.Where(answer => answer.Error is not null), answer => answer.Refused(400, "InvalidToken"));
    }

    [Fact]
    public async Task A_confirmed_address_can_be_confirmed_again()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        await pds.ConfirmEmailAsync(alice);

        Assert.True(await IsConfirmedAsync(alice));
    }

    [Fact]
    public async Task Refuses_another_address_and_the_code_stays_good()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToConfirmAsync(alice);

        foreach (var address in new[] { "another@example.com", "", $"{alice.Email} ", $"{alice.Email}\r\nBcc: x@example.com" })
            Assert.Equal("invalid email", (await ConfirmAsync(alice, code, address)).Refused(400, "InvalidEmail").Message);

        Assert.False(await IsConfirmedAsync(alice));
        (await ConfirmAsync(alice, code)).Ok();
    }

    [Fact]
    public async Task Refuses_codes_that_are_none()
    {
        var alice = await pds.SignUpAsync();
        await pds.AskToConfirmAsync(alice);

        foreach (var code in new[] { "", "-", "AAAAA-AAAAA", new string('x', 10_240), "\r\nBcc: x@example.com", "' OR 1=1 --" })
            Assert.Equal("Token is invalid", (await ConfirmAsync(alice, code)).Refused(400, "InvalidToken").Message);
    }

    [Fact]
    public async Task Refuses_anothers_code_and_the_code_of_another_method()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var bobs = await pds.AskToConfirmAsync(bob);
        var reset = await pds.AskToResetAsync(alice);

        (await ConfirmAsync(alice, bobs)).Refused(400, "InvalidToken");
        (await ConfirmAsync(alice, reset)).Refused(400, "InvalidToken");

        Assert.False(await IsConfirmedAsync(alice));
        (await ConfirmAsync(bob, bobs)).Ok();
    }

    [Fact]
    public async Task A_code_works_for_fifteen_minutes()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (alices, bobs) = (await pds.AskToConfirmAsync(alice), await pds.AskToConfirmAsync(bob));

        pds.Time.Advance(TimeSpan.FromMinutes(15));
        (await ConfirmAsync(alice, alices)).Ok();
        pds.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Token is expired", (await ConfirmAsync(bob, bobs)).Refused(400, "ExpiredToken").Message);

        Assert.False(await IsConfirmedAsync(bob));
    }

    [Fact]
    public async Task Is_open_to_app_passwords_and_deactivated_accounts_and_closed_to_taken_down_ones()
    {
        var (alice, bob, carol) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"), await pds.SignUpAsync("carol"));
        await pds.DeactivateAsync(bob.Did);
        var (alices, bobs, carols) = (await pds.AskToConfirmAsync(alice), await pds.AskToConfirmAsync(bob), await pds.AskToConfirmAsync(carol));
        await pds.TakeDownAsync(carol.Did);

        (await pds.InSession(alice, SessionScope.AppPass).PostAsync(Method, new { email = alice.Email, token = alices })).Ok();
        (await ConfirmAsync(bob, bobs)).Ok();
        (await ConfirmAsync(carol, carols)).Refused(401, "AccountTakedown");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":"a@example.com"}""")]
    [InlineData("""{"token":"AAAAA-AAAAA"}""")]
    [InlineData("""{"email":null,"token":"AAAAA-AAAAA"}""")]
    [InlineData("""{"email":"a@example.com","token":12}""")]
    [InlineData("[]")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await (await pds.SignUpAsync()).PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Takes_a_session()
    {
        var alice = await pds.SignUpAsync();
        var body = new { email = alice.Email, token = await pds.AskToConfirmAsync(alice) };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthMissing");
        (await alice.Refreshing.PostAsync(Method, body)).Refused(400, "InvalidToken");
    }

    private static Task<XrpcAnswer> ConfirmAsync(Actor actor, string code, string? address = null) =>
        actor.PostAsync(Method, new { email = address ?? actor.Email, token = code });

    private static async Task<bool> IsConfirmedAsync(Actor actor) =>
        (await actor.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("emailConfirmed").GetBoolean();
}
