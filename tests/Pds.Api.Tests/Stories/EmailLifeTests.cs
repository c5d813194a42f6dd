using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>An address from sign-up on: confirmed, made a second factor, replaced; a password forgotten and set anew. And nothing of it in the log.</summary>
public sealed class EmailLifeTests(LoggedPdsFixture pds) : IClassFixture<LoggedPdsFixture>
{
    private const string NewAddress = "alice-moved@example.com";
    private const string NewPassword = "the password after the one that was forgotten";

    [Fact]
    public async Task Confirm_change_reset_sign_in_again_and_no_secret_is_logged()
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

        // A failure is logged, without what it was about.
        using (pds.WithoutMail()) (await pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = NewAddress })).Ok();

        string[] secrets =
        [
            alice.Password, NewPassword, alice.AccessJwt, alice.RefreshJwt, again.AccessJwt, again.RefreshJwt, PdsFixture.AdminPassword,
            .. pds.Mail.Letters.OfType<Letter.WithCode>().Select(letter => letter.Code.Reveal()),
        ];
        Assert.True(pds.Log.Count > 100, "The log was not listened to");
        Assert.Contains(pds.Log, line => line.Contains("did not get one", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(pds.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private string LastCode<TLetter>() where TLetter : Letter.WithCode =>
        pds.Mail.Letters.OfType<TLetter>().Last(letter => letter.To == NewAddress).Code.Reveal();

    private Task<XrpcAnswer> SignInAsync(string identifier, string password) =>
        pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password });
}
