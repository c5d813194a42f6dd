using System.Text.Json;
using Pds.Application.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class UpdateEmailTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.updateEmail";
    private const string NotSupported = "This email address is not supported, please use a different email.";

    private static int _addresses;

    [Fact]
    public async Task Replaces_an_address_that_is_not_confirmed_without_a_code_and_answers_nothing()
    {
        var alice = await pds.SignUpAsync();
        var address = NewAddress();

        var answer = await UpdateAsync(alice, address.ToUpperInvariant());

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.Equal((address, false), await EmailOfAsync(alice)); // addresses are kept in lower case
        (await SignInAsync(address, alice.Password)).Ok();
        (await SignInAsync(alice.Email, alice.Password)).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Takes_a_code_where_the_address_is_confirmed_and_the_new_one_is_not()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var address = NewAddress();

        foreach (var without in new[] { null, "" })
            Assert.Equal("confirmation token required", (await UpdateAsync(alice, address, without)).Refused(400, "TokenRequired").Message);
        (await UpdateAsync(alice, address, (await pds.AskToUpdateAsync(alice)).ToLowerInvariant())).Ok();

        Assert.Equal((address, false), await EmailOfAsync(alice));
    }

    [Fact]
    public async Task The_same_address_has_to_be_confirmed_anew()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        (await UpdateAsync(alice, alice.Email, await pds.AskToUpdateAsync(alice))).Ok();

        Assert.Equal((alice.Email, false), await EmailOfAsync(alice));
    }

    [Fact]
    public async Task Every_code_that_was_sent_before_is_void()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var (confirm, reset, update) = (await pds.AskToConfirmAsync(alice), await pds.AskToResetAsync(alice), await pds.AskToUpdateAsync(alice));
        var address = NewAddress();

        (await UpdateAsync(alice, address, update)).Ok();

        Assert.Equal(0, pds.CountCodes(alice));
        (await alice.PostAsync("com.atproto.server.confirmEmail", new { email = address, token = confirm })).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = reset, password = "another" })).Refused(400, "InvalidToken");
        (await UpdateAsync(alice, NewAddress(), update)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_codes_that_are_not_for_this_even_where_none_is_required()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.ConfirmEmailAsync(bob);
        var (confirm, bobs) = (await pds.AskToConfirmAsync(alice), await pds.AskToUpdateAsync(bob));

        foreach (var code in new[] { "x", "AAAAA-AAAAA", new string('x', 10_240), "\r\nBcc: x", confirm, bobs })
            Assert.Equal("Token is invalid", (await UpdateAsync(alice, NewAddress(), code)).Refused(400, "InvalidToken").Message);

        Assert.Equal(alice.Email, (await EmailOfAsync(alice)).Email);
    }

    [Fact]
    public async Task Refuses_a_code_after_fifteen_minutes()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var code = await pds.AskToUpdateAsync(alice);

        pds.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        (await UpdateAsync(alice, NewAddress(), code)).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task Of_many_that_send_one_code_at_once_one_is_heard()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        var code = await pds.AskToUpdateAsync(alice);
        string[] addresses = [.. Enumerable.Range(0, 8).Select(_ => NewAddress())];

        var answers = await Task.WhenAll(addresses.Select(address => UpdateAsync(alice, address, code)));

        var winner = Assert.Single(addresses.Zip(answers), pair => pair.Second.Error is null).First;
        Assert.All(answers.Where(answer => answer.Error is not null), answer => answer.Refused(400, "InvalidToken"));
        Assert.Equal(winner, (await EmailOfAsync(alice)).Email);
    }

    [Fact]
    public async Task Refuses_anothers_address_in_any_case_and_the_code_stays_good()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.ConfirmEmailAsync(alice);
        var code = await pds.AskToUpdateAsync(alice);

        var refusal = await UpdateAsync(alice, bob.Email.ToUpperInvariant(), code);

        Assert.Equal("This email address is already in use, please use a different email.", refusal.Refused(400, "InvalidRequest").Message);
        Assert.Equal((alice.Email, true), await EmailOfAsync(alice));
        (await UpdateAsync(alice, NewAddress(), code)).Ok();
    }

    [Fact]
    public async Task Of_many_accounts_that_want_an_address_at_once_one_gets_it()
    {
        var actors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pds.SignUpAsync("wants")));
        var (address, handle) = (NewAddress(), $"wants-it{Interlocked.Increment(ref _addresses)}.test");

        var answers = await Task.WhenAll(
            [.. actors.Select(actor => UpdateAsync(actor, address)), pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = address, password = "password" })]);

        Assert.Single(answers, answer => answer.Error is null);
        Assert.All(
            answers.Where(answer => answer.Error is not null),
            answer => Assert.Matches("^(Email already taken: |This email address is already in use)", answer.Refused(400, "InvalidRequest").Message!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("nobody@localhost")]
    [InlineData("Nobody <nobody@example.com>")]
    [InlineData("nobody@example.com ")]
    [InlineData("nobody@example.com\r\nBcc: all@example.com")]
    [InlineData("nobody@mailinator.com")]
    public async Task Refuses_what_is_no_address_that_lasts(string address)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(NotSupported, (await UpdateAsync(alice, address)).Refused(400, "InvalidRequest").Message);
        Assert.Equal(alice.Email, (await EmailOfAsync(alice)).Email);
    }

    [Fact]
    public async Task A_confirmed_address_becomes_a_second_factor_without_a_code_and_stays_confirmed()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);

        (await UpdateAsync(alice, alice.Email.ToUpperInvariant(), factor: true)).Ok();

        Assert.True(await IsFactorAsync(alice));
        Assert.Equal((alice.Email, true), await EmailOfAsync(alice));
    }

    [Fact]
    public async Task An_address_that_is_not_confirmed_is_no_second_factor()
    {
        var alice = await pds.SignUpAsync();

        foreach (var address in new[] { alice.Email, NewAddress() })
            Assert.Equal("Confirm the email address before you use it to sign in", (await UpdateAsync(alice, address, factor: true)).Refused(400, "InvalidRequest").Message);

        Assert.False(await IsFactorAsync(alice));
        Assert.Equal(alice.Email, (await EmailOfAsync(alice)).Email);
    }

    [Fact]
    public async Task Turning_the_second_factor_off_takes_the_code()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        (await UpdateAsync(alice, alice.Email, factor: true)).Ok();

        (await UpdateAsync(alice, alice.Email, factor: false)).Refused(400, "TokenRequired");
        (await UpdateAsync(alice, alice.Email, "AAAAA-AAAAA", factor: false)).Refused(400, "InvalidToken");
        Assert.True(await IsFactorAsync(alice));
        (await UpdateAsync(alice, alice.Email, await pds.AskToUpdateAsync(alice), factor: false)).Ok();

        Assert.False(await IsFactorAsync(alice));
        Assert.Equal((alice.Email, true), await EmailOfAsync(alice));
    }

    [Fact]
    public async Task Another_address_is_no_second_factor_whatever_the_first_was()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        (await UpdateAsync(alice, alice.Email, factor: true)).Ok();
        var code = await pds.AskToUpdateAsync(alice);

        (await UpdateAsync(alice, NewAddress(), code, factor: true)).Refused(400, "InvalidRequest");
        (await UpdateAsync(alice, NewAddress(), code)).Ok();

        Assert.False(await IsFactorAsync(alice));
    }

    [Theory]
    [InlineData(SessionScope.AppPass)]
    [InlineData(SessionScope.AppPassPrivileged)]
    [InlineData(SessionScope.Takendown)]
    public async Task Takes_a_session_of_the_accounts_own_password(SessionScope scope)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Bad token scope", (await pds.InSession(alice, scope).PostAsync(Method, new { email = NewAddress() })).Refused(400, "InvalidToken").Message);
        (await pds.Anyone.PostAsync(Method, new { email = NewAddress() })).Refused(401, "AuthMissing");
    }

    [Fact]
    public async Task Is_open_to_deactivated_accounts_and_closed_to_taken_down_ones()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await UpdateAsync(alice, NewAddress())).Ok();
        (await UpdateAsync(bob, NewAddress())).Refused(401, "AccountTakedown");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":12}""")]
    [InlineData("""{"email":"a@example.com","emailAuthFactor":"yes"}""")]
    [InlineData("""{"email":"a@example.com","token":["AAAAA-AAAAA"]}""")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await (await pds.SignUpAsync()).PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    private static string NewAddress() => $"another{Interlocked.Increment(ref _addresses)}@example.com";

    private static Task<XrpcAnswer> UpdateAsync(Actor actor, string address, string? code = null, bool? factor = null)
    {
        var body = new Dictionary<string, object> { ["email"] = address };
        if (code is not null) body["token"] = code;
        if (factor is { } isFactor) body["emailAuthFactor"] = isFactor;
        return actor.PostAsync(Method, body);
    }

    private static async Task<JsonElement> SessionOfAsync(Actor actor) => (await actor.GetAsync("com.atproto.server.getSession")).Ok();

    private static async Task<bool> IsFactorAsync(Actor actor) => (await SessionOfAsync(actor)).GetProperty("emailAuthFactor").GetBoolean();

    private static async Task<(string? Email, bool IsConfirmed)> EmailOfAsync(Actor actor)
    {
        var session = await SessionOfAsync(actor);
        return (session.GetProperty("email").GetString(), session.GetProperty("emailConfirmed").GetBoolean());
    }

    private Task<XrpcAnswer> SignInAsync(string identifier, string password) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password });
}
