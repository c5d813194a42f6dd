using MediatR;
using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Accounts;

/// <summary>How an authenticator app comes to an account and goes again; the account's pages send these requests.</summary>
public sealed class FactorsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(Totp.Period);

    private DateTimeOffset Now => pds.Time.GetUtcNow();

    [Fact]
    public async Task Setting_up_shows_a_picture_and_the_same_secret_as_text()
    {
        var alice = await pds.SignUpAsync();

        var begun = await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password)));

        Assert.StartsWith($"otpauth://totp/localhost:{alice.Handle}?secret={begun.Key.Reveal()}&issuer=localhost", begun.Uri.Reveal(), StringComparison.Ordinal);
        Assert.Matches("^[A-Z2-7]{32}$", begun.Key.Reveal());
    }

    [Fact]
    public async Task Nothing_is_asked_before_the_app_has_shown_that_it_has_the_secret()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = new AuthenticatorApp(await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password))));

        (await pds.SignInAsync(alice, alice.Password)).Ok();
        Assert.Null((await pds.SendAsync(alice, new ListFactors())).TotpSince);
        await RefusedAsync("InvalidToken", alice, new ConfirmTotp(Secret.Of(authenticator.WrongCodeAt(Now))));
        (await pds.SignInAsync(alice, alice.Password)).Ok();

        var backup = await pds.SendAsync(alice, new ConfirmTotp(Secret.Of(authenticator.CodeAt(Now))));

        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthFactorTokenRequired");
        Assert.Equal(10, backup.Codes.Select(code => code.Reveal()).Distinct().Count());
        Assert.All(backup.Codes, code => Assert.Matches("^[a-z2-7]{4}(-[a-z2-7]{4}){3}$", code.Reveal()));
        Assert.Equivalent(new ListFactors.Output(Email: false, Now, [], 10), await pds.SendAsync(alice, new ListFactors()));
    }

    [Fact]
    public async Task Setting_up_again_before_it_is_confirmed_makes_the_first_secret_void()
    {
        var alice = await pds.SignUpAsync();
        var first = new AuthenticatorApp(await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password))));
        var second = new AuthenticatorApp(await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password))));

        await RefusedAsync("InvalidToken", alice, new ConfirmTotp(Secret.Of(first.CodeAt(Now))));

        await pds.SendAsync(alice, new ConfirmTotp(Secret.Of(second.CodeAt(Now))));
    }

    [Fact]
    public async Task There_is_one_app_at_a_time_and_nothing_to_confirm_that_was_not_begun()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        await RefusedAsync("InvalidRequest", alice, new BeginTotp(Secret.Of(alice.Password)));
        await RefusedAsync("InvalidRequest", alice, new ConfirmTotp(Secret.Of(authenticator.CodeAt(Now + Step))));
        await RefusedAsync("InvalidRequest", bob, new ConfirmTotp(Secret.Of("123456")));
        await RefusedAsync("InvalidRequest", bob, new CreateBackupCodes(Secret.Of(bob.Password)));
    }

    [Fact]
    public async Task Each_change_takes_the_password_or_a_code_and_an_open_session_is_not_enough()
    {
        var alice = await pds.SignUpAsync();
        var app = await alice.CreateAppPasswordAsync();
        await RefusedAsync("AuthenticationRequired", alice, new BeginTotp(Secret.Of("wrong")));
        await RefusedAsync("AuthenticationRequired", alice, new BeginTotp(Secret.Of(app)));
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        foreach (var wrong in new[] { "wrong", app, "", new string('x', 10_000) })
            await RefusedAsync("AuthenticationRequired", alice, new CreateBackupCodes(Secret.Of(wrong)));
        await RefusedAsync("RateLimitExceeded", alice, new RemoveTotp(Secret.Of("wrong")), wrongBefore: 1);
        await RefusedAsync("RateLimitExceeded", alice, new RemoveTotp(Secret.Of(alice.Password)));

        pds.Time.Advance(WrongCodes.Wait);
        await pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(alice.Password)));
        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(authenticator.CodeAt(Now))));
        (await pds.SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task A_code_that_proves_who_somebody_is_is_used_up_by_it()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        pds.Time.Advance(Step);
        var code = authenticator.CodeAt(Now);

        var backup = await pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(code)));

        (await pds.SignInAsync(alice, alice.Password, code)).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, backup.Codes[0].Reveal())).Ok();
    }

    [Fact]
    public async Task New_backup_codes_make_the_old_ones_void()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, Now);

        var backup = await pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(authenticator.BackupCodes[0])));

        (await pds.SignInAsync(alice, alice.Password, authenticator.BackupCodes[1])).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, backup.Codes[9].Reveal())).Ok();
    }

    [Fact]
    public async Task An_app_that_was_removed_leaves_nothing_behind()
    {
        var alice = await pds.SignUpAsync();
        var before = await pds.SetUpTotpAsync(alice, Now);

        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(before.BackupCodes[0])));
        Assert.Equivalent(new ListFactors.Output(Email: false, null, [], 0), await pds.SendAsync(alice, new ListFactors()));
        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(alice.Password)));
        pds.Time.Advance(Step);
        var after = await pds.SetUpTotpAsync(alice, Now);

        pds.Time.Advance(Step);
        (await pds.SignInAsync(alice, alice.Password, before.CodeAt(Now))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, before.BackupCodes[1])).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, alice.Password, after.CodeAt(Now))).Ok();
    }

    [Fact]
    public async Task Nobody_else_is_asked_for_a_code()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var authenticator = await pds.SetUpTotpAsync(alice, Now);
        await pds.SetUpTotpAsync(bob, Now);
        pds.Time.Advance(Step);

        (await pds.SignInAsync(bob, bob.Password, authenticator.CodeAt(Now))).Refused(400, "InvalidToken");
        (await pds.SignInAsync(bob, bob.Password, authenticator.BackupCodes[0])).Refused(400, "InvalidToken");
    }

    private async Task RefusedAsync<TOutput>(string error, Actor actor, IRequest<TOutput> request, int wrongBefore = 0)
    {
        for (var i = 0; i < wrongBefore; i++) await Assert.ThrowsAsync<XrpcException>(() => pds.SendAsync(actor, request));
        Assert.Equal(error, (await Assert.ThrowsAsync<XrpcException>(() => pds.SendAsync(actor, request))).Name);
    }
}
