using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Whoever owns an account hears of every change of its second factors, whoever made it.</summary>
public sealed class FactorNoticesTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string UpdateEmail = "com.atproto.server.updateEmail";

    [Fact]
    public async Task An_authenticator_app_that_comes_and_goes_is_told_of()
    {
        var alice = await pds.SignUpAsync();

        await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        await IsToldAsync(alice.Email, FactorChange.AuthenticatorAdded);
        await pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(alice.Password)));
        await IsToldAsync(alice.Email, FactorChange.AuthenticatorAdded, FactorChange.BackupCodesReplaced);
        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(alice.Password)));
        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(alice.Password))); // and once only

        await IsToldAsync(alice.Email, FactorChange.AuthenticatorAdded, FactorChange.BackupCodesReplaced, FactorChange.AuthenticatorRemoved);
    }

    [Fact]
    public async Task Codes_by_mail_that_are_switched_on_and_off_are_told_of()
    {
        var alice = await pds.SignUpAsync();

        await pds.UseMailFactorAsync(alice);
        await IsToldAsync(alice.Email, FactorChange.EmailAdded);
        var token = await pds.AskToUpdateAsync(alice);
        (await alice.PostAsync(UpdateEmail, new { email = alice.Email, emailAuthFactor = false, token })).Ok();

        await IsToldAsync(alice.Email, FactorChange.EmailAdded, FactorChange.EmailRemoved);
    }

    [Fact]
    public async Task Another_address_ends_codes_by_mail_and_the_old_address_hears_of_it()
    {
        var alice = await pds.SignUpAsync();
        await pds.UseMailFactorAsync(alice);

        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountEmail", new { account = alice.Did.Value, email = $"new-{alice.Email}" })).Ok();

        await IsToldAsync(alice.Email, FactorChange.EmailAdded, FactorChange.EmailRemoved);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_neither_hinders_the_change_nor_the_next_letter()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        pds.Mail.Failure = XrpcException.MailNotSent("The mail server did not take the mail");
        await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        await Eventually.IsTrueAsync(() => pds.Mail.Refused > 0);
        pds.Mail.Failure = null;

        await pds.SetUpTotpAsync(bob, pds.Time.GetUtcNow());

        await IsToldAsync(bob.Email, FactorChange.AuthenticatorAdded);
        Assert.Empty(ToldTo(alice.Email));
        Assert.NotNull((await pds.SendAsync(alice, new ListFactors())).TotpSince);
    }

    private async Task IsToldAsync(string address, params FactorChange[] changes)
    {
        await Eventually.IsTrueAsync(() => ToldTo(address).Count >= changes.Length);
        Assert.Equal(changes, ToldTo(address));
    }

    private List<FactorChange> ToldTo(string address) => [.. pds.Mail.Letters.OfType<Letter.FactorChanged>().Where(letter => letter.To == address).Select(letter => letter.Change)];
}
