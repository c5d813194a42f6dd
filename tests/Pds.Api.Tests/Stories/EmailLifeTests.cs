using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>An address from sign-up on: confirmed, made a second factor, replaced; a password forgotten and set anew.</summary>
public sealed class EmailLifeTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string NewAddress = "alice-moved@example.com";
    private const string NewPassword = "the password after the one that was forgotten";

    [Fact]
    public async Task Confirm_change_reset_and_sign_in_again()
    {
        var alice = await pds.SignUpAsync();

        // Confirmed, and a second factor for a while.
        await pds.ConfirmEmailAsync(alice);
        (await alice.PostAsync("com.atproto.server.updateEmail", new { email = alice.Email, emailAuthFactor = true })).Ok();
        (await alice.PostAsync("com.atproto.server.updateEmail", new { email = alice.Email, emailAuthFactor = false, token = await pds.AskToUpdateAsync(alice) })).Ok();

        // Another address, confirmed as well.
        (await alice.PostAsync("com.atproto.server.updateEmail", new { email = NewAddress, token = await pds.AskToUpdateAsync(alice) })).Ok();
        (await alice.PostAsync("com.atproto.server.requestEmailConfirmation")).Ok();
        (await alice.PostAsync("com.atproto.server.confirmEmail", new { email = NewAddress, token = LastCode<Letter.ConfirmEmail>() })).Ok();

        // The password is forgotten: the new address is where the code goes.
        (await pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = NewAddress })).Ok();
        var wrong = await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = "WRONG-WRONG", password = NewPassword });
        (await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = LastCode<Letter.ResetPassword>(), password = NewPassword })).Ok();

        var again = new Actor(pds.Url, (await SignInAsync(NewAddress, NewPassword)).Ok(), NewPassword);
        wrong.Refused(400, "InvalidToken");
        (await SignInAsync(alice.Email, alice.Password)).Refused(401, "AuthenticationRequired");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        Assert.True(again.Session.GetProperty("emailConfirmed").GetBoolean());
        (await again.CreateRecordAsync(Records.Post())).Ok();
    }

    private string LastCode<TLetter>() where TLetter : Letter.WithCode =>
        pds.Mail.Letters.OfType<TLetter>().Last(letter => letter.To == NewAddress).Code.Reveal();

    private Task<XrpcAnswer> SignInAsync(string identifier, string password) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password });
}
