using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Pds.Application.Accounts.Factors;
using Pds.Application.Mail;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Whoever reads the log, at whatever level, can sign in as nobody.</summary>
public sealed class SignInSecrecyTests(SignInSecrecyTests.Logged pds) : IClassFixture<SignInSecrecyTests.Logged>
{
    [Fact]
    public async Task Passwords_codes_and_tokens_are_never_logged()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInToAppAsync(alice);
        await pds.UseMailFactorAsync(alice);
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthFactorTokenRequired");
        var mailed = pds.Mail.LastCode<Letter.SignIn>(alice);
        (await pds.SignInAsync(alice, "a wrong password", "a wrong code")).Refused(401, "AuthenticationRequired");
        (await pds.SignInAsync(alice, alice.Password, "a wrong code")).Refused(400, "InvalidToken");
        var session = (await pds.SignInAsync(alice, alice.Password, mailed)).Ok();
        var begun = await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password)));
        var codes = await pds.SendAsync(alice, new ConfirmTotp(Secret.Of(new AuthenticatorApp(begun).CodeAt(pds.Time.GetUtcNow()))));
        (await pds.SignInAsync(alice, alice.Password, codes.Codes[0].Reveal())).Ok();
        (await app.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
        (await alice.PostAsync("com.atproto.server.revokeAppPassword", new { name = "my app" })).Ok();

        string[] secrets =
        [
            alice.Password, alice.AccessJwt, alice.RefreshJwt, app.Password, app.AccessJwt, app.RefreshJwt, mailed, "a wrong password", "a wrong code",
            session.GetProperty("accessJwt").GetString()!, begun.Key.Reveal(), begun.Uri.Reveal(), .. codes.Codes.Select(code => code.Reveal()),
        ];
        Assert.Contains("createAppPassword", pds.Log.Text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, pds.Log.Text, StringComparison.OrdinalIgnoreCase));
    }

    public sealed class Logged : TimedPdsFixture
    {
        public RecordedLog Log { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft"] = "Trace" };

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
        }
    }
}
