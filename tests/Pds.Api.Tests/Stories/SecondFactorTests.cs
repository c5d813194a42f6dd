using Pds.Application.Accounts.Factors;
using Pds.Application.Mail;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Signing in where the password is not all that it takes.</summary>
public sealed class SecondFactorTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Required = "AuthFactorTokenRequired";
    private const string Wrong = "ABCDE-FGHIJ";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(Totp.Period);

    private DateTimeOffset Now => pds.Time.GetUtcNow();

    [Fact]
    public async Task Mail_asks_for_a_code_and_then_takes_it_once()
    {
        var alice = await SignUpWithMailAsync();

        var asked = await pds.SignInAsync(alice, alice.Password);
        var code = pds.Mail.LastCode<Letter.SignIn>(alice);
        (await pds.SignInAsync(alice, alice.Password, code)).Ok();

        Assert.Equal("A sign in code has been sent to your email address", asked.Refused(401, Required).Message);
        Assert.Equal("Token is invalid", (await pds.SignInAsync(alice, alice.Password, code)).Refused(400, "InvalidToken").Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_field_of_a_clients_form_is_no_code(string empty)
    {
        var (mail, app, none) = (await SignUpWithMailAsync(), await pds.SignUpAsync(), await pds.SignUpAsync());
        await pds.SetUpTotpAsync(app, Now);

        (await pds.SignInAsync(mail, mail.Password, empty)).Refused(401, Required);
        (await pds.SignInAsync(app, app.Password, empty)).Refused(401, Required);
        (await pds.SignInAsync(none, none.Password, empty)).Ok();
    }

    [Fact]
    public async Task A_code_that_nobody_asked_for_is_not_looked_at()
    {
        var alice = await pds.SignUpAsync();

        (await pds.SignInAsync(alice, alice.Password, Wrong)).Ok();
    }

    [Fact]
    public async Task However_a_mailed_code_is_typed_it_works()
    {
        var alice = await SignUpWithMailAsync();
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        var code = pds.Mail.LastCode<Letter.SignIn>(alice);

        (await pds.SignInAsync(alice, alice.Password, $" {code.ToLowerInvariant().Replace('-', ' ')}")).Ok();
    }

    [Fact]
    public async Task A_mailed_code_expires_after_a_quarter_of_an_hour()
    {
        var alice = await SignUpWithMailAsync();
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        var code = pds.Mail.LastCode<Letter.SignIn>(alice);

        pds.Time.Advance(EmailToken.Lifetime + Second);

        (await pds.SignInAsync(alice, alice.Password, code)).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task A_code_for_something_else_does_not_sign_in()
    {
        var (alice, bob) = (await SignUpWithMailAsync(), await SignUpWithMailAsync());
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        (await pds.SignInAsync(bob, bob.Password)).Refused(401, Required);

        (await pds.SignInAsync(alice, alice.Password, pds.Mail.LastCode<Letter.SignIn>(bob))).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Nobody_gets_more_than_a_letter_a_minute()
    {
        var alice = await SignUpWithMailAsync();

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pds.SignInAsync(alice, alice.Password)))) answer.Refused(401, Required);
        Assert.Equal(1, LettersTo(alice));
        pds.Time.Advance(Minute - Second);
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        Assert.Equal(1, LettersTo(alice));

        var first = pds.Mail.LastCode<Letter.SignIn>(alice);
        pds.Time.Advance(Second);
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        Assert.Equal(2, LettersTo(alice));
        (await pds.SignInAsync(alice, alice.Password, first)).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, pds.Mail.LastCode<Letter.SignIn>(alice))).Ok();
    }

    [Fact]
    public async Task Only_who_knows_the_password_learns_that_there_is_a_second_factor()
    {
        var (mail, app) = (await SignUpWithMailAsync(), await pds.SignUpAsync());
        var authenticator = await pds.SetUpTotpAsync(app, Now);

        foreach (var answer in new[] { await pds.SignInAsync(mail, "wrong"), await pds.SignInAsync(app, "wrong"), await pds.SignInAsync(app, "wrong", authenticator.BackupCodes[0]) })
            Assert.Equal("Invalid identifier or password", answer.Refused(401, "AuthenticationRequired").Message);

        Assert.Equal(0, LettersTo(mail));
        (await pds.SignInAsync(app, app.Password, authenticator.BackupCodes[0])).Ok();
    }

    [Fact]
    public async Task An_app_password_needs_no_code()
    {
        var alice = await SignUpWithMailAsync();
        await pds.SetUpTotpAsync(alice, Now);

        var app = await pds.SignInToAppAsync(alice);

        (await app.CreateRecordAsync(Records.Post())).Ok();
        Assert.Equal(0, LettersTo(alice));
    }

    [Fact]
    public async Task An_authenticator_apps_code_signs_in_and_no_mail_is_sent_even_where_that_is_on_as_well()
    {
        var alice = await SignUpWithMailAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        pds.Time.Advance(Step);

        Assert.Contains("authenticator", (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required).Message, StringComparison.Ordinal);
        var code = authenticator.CodeAt(Now);
        (await pds.SignInAsync(alice, alice.Password, $"{code[..3]} {code[3..]}")).Ok();

        Assert.Equal(0, LettersTo(alice));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_telephones_clock_may_be_half_a_minute_off(int steps)
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        pds.Time.Advance(3 * Step);

        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now + (2 * steps * Step)))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now + (steps * Step)))).Ok();
    }

    [Fact]
    public async Task An_apps_code_is_good_once_and_so_is_every_one_before_it()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now))).Refused(400, "InvalidToken"); // setting up used it
        pds.Time.Advance(Step);
        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now))).Ok();

        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now - Step))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, authenticator.CodeAt(Now + Step))).Ok();
    }

    [Fact]
    public async Task A_backup_code_stands_in_for_the_app_once()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        (await pds.SignInAsync(alice, alice.Password, authenticator.BackupCodes[0].ToUpperInvariant())).Ok();

        (await pds.SignInAsync(alice, alice.Password, authenticator.BackupCodes[0])).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, authenticator.BackupCodes[1])).Ok();
        Assert.Equal(BackupCode.Count - 2, (await pds.SendAsync(alice, new ListFactors())).BackupCodesLeft);
    }

    [Fact]
    public async Task Of_many_sign_ins_with_one_code_one_gets_in()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        pds.Time.Advance(Step);

        foreach (var code in new[] { authenticator.BackupCodes[0], authenticator.CodeAt(Now) })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, WrongCodes.Allowed).Select(_ => pds.SignInAsync(alice, alice.Password, code)));

            Assert.Single(answers, answer => answer.Error is null).Ok();
            Assert.All(answers.Where(answer => answer.Error is not null), answer => answer.Refused(400, "InvalidToken"));
        }
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_are_five_tries()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pds.SignInAsync(alice, alice.Password, authenticator.WrongCodeAt(Now))));

        Assert.Equal(WrongCodes.Allowed, answers.Count(answer => answer.Error == "InvalidToken"));
        Assert.All(answers.Where(answer => answer.Error != "InvalidToken"), answer => answer.Refused(429, "RateLimitExceeded"));
    }

    [Fact]
    public async Task After_five_wrong_codes_even_the_right_one_is_refused_for_a_quarter_of_an_hour_and_a_restart_changes_nothing()
    {
        await using var own = new OwnServer();
        await own.InitializeAsync();
        var alice = await own.SignUpAsync();
        var authenticator = await own.SetUpTotpAsync(alice, own.Time.GetUtcNow());
        for (var i = 0; i < WrongCodes.Allowed; i++) (await own.SignInAsync(alice, alice.Password, Wrong)).Refused(400, "InvalidToken");

        var refusal = (await own.SignInAsync(alice, alice.Password, authenticator.BackupCodes[0])).Refused(429, "RateLimitExceeded");
        Assert.Equal(("Too many wrong codes. Try again in 15 minutes.", "900"), (refusal.Message, refusal.Headers["Retry-After"]));
        await own.RestartAsync();
        own.Time.Advance(WrongCodes.Wait - Second);
        (await own.SignInAsync(alice, alice.Password, authenticator.BackupCodes[0])).Refused(429, "RateLimitExceeded");
        (await own.SignInAsync(alice, alice.Password)).Refused(429, "RateLimitExceeded");

        own.Time.Advance(Second);
        (await own.SignInAsync(alice, alice.Password, authenticator.BackupCodes[0])).Ok();
    }

    [Fact]
    public async Task A_right_code_forgets_the_wrong_ones()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        foreach (var backup in authenticator.BackupCodes.Take(2))
        {
            for (var i = 1; i < WrongCodes.Allowed; i++) (await pds.SignInAsync(alice, alice.Password, Wrong)).Refused(400, "InvalidToken");
            (await pds.SignInAsync(alice, alice.Password, backup)).Ok();
        }
    }

    [Fact]
    public async Task Mailed_codes_are_guessed_no_oftener_and_no_mail_is_sent_meanwhile()
    {
        var alice = await SignUpWithMailAsync();
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, Required);
        var code = pds.Mail.LastCode<Letter.SignIn>(alice);
        for (var i = 0; i < WrongCodes.Allowed; i++) (await pds.SignInAsync(alice, alice.Password, Wrong)).Refused(400, "InvalidToken");
        pds.Time.Advance(Minute);

        (await pds.SignInAsync(alice, alice.Password, code)).Refused(429, "RateLimitExceeded");
        (await pds.SignInAsync(alice, alice.Password)).Refused(429, "RateLimitExceeded");

        Assert.Equal(1, LettersTo(alice));
    }

    [Fact]
    public async Task A_code_of_any_length_is_just_wrong()
    {
        var alice = await pds.SignUpAsync();
        await pds.SetUpTotpAsync(alice, Now);

        (await pds.SignInAsync(alice, alice.Password, new string('1', 100_000))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, "\u0000١٢٣٤٥٦")).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Whoever_cannot_be_sent_mail_is_told_and_the_next_try_sends_it()
    {
        await using var own = new OwnServer();
        await own.InitializeAsync();
        var alice = await own.SignUpAsync();
        await own.UseMailFactorAsync(alice);

        using (own.WithoutMail()) (await own.SignInAsync(alice, alice.Password)).Refused(502, "UpstreamFailure");
        (await own.SignInAsync(alice, alice.Password)).Refused(401, Required);

        (await own.SignInAsync(alice, alice.Password, own.Mail.LastCode<Letter.SignIn>(alice))).Ok();
    }

    [Fact]
    public async Task An_account_that_is_taken_down_leaves_with_its_code_too_and_gets_no_mail_unless_it_asks_to_leave()
    {
        var alice = await SignUpWithMailAsync();
        await pds.TakeDownAsync(alice.Did);

        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AccountTakedown");
        Assert.Equal(0, LettersTo(alice));
        (await LeaveAsync(alice, null)).Refused(401, Required);
        (await LeaveAsync(alice, pds.Mail.LastCode<Letter.SignIn>(alice))).Ok();
    }

    private Task<XrpcAnswer> LeaveAsync(Actor actor, string? code) => pds.Anyone.PostAsync(
        "com.atproto.server.createSession", new { identifier = actor.Handle, password = actor.Password, authFactorToken = code ?? "", allowTakendown = true });

    private async Task<Actor> SignUpWithMailAsync()
    {
        var actor = await pds.SignUpAsync();
        await pds.UseMailFactorAsync(actor);
        return actor;
    }

    private int LettersTo(Actor actor) => pds.Mail.Letters.OfType<Letter.SignIn>().Count(letter => letter.To == actor.Email);

    private sealed class OwnServer : TimedPdsFixture, IAsyncDisposable
    {
        ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
    }
}
