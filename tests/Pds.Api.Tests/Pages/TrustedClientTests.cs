using System.Net;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>What people are shown of a client that the operator vouches for, and of others.</summary>
public sealed class TrustedClientTests(TrustedClientTests.VouchingPds pds) : IClassFixture<TrustedClientTests.VouchingPds>
{
    [Fact]
    public async Task Is_shown_by_its_name_and_logo_and_is_asked_about_once()
    {
        var (app, alice) = (new OAuthClient(pds.Url, pds.Trusted) { Clock = pds.Time.GetUtcNow }, await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = (await browser.OpenAsync(await AddressAsync(app, alice))).Ok();
        Assert.Contains("The app", consent.Html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"host\">app.example.com</div>", consent.Html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"https://pictures.example.com/logo.png\"", consent.Html, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' https://pictures.example.com;", consent.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        (await browser.SubmitAsync(consent, "handler=accept")).Ok();

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.OpenAsync(await AddressAsync(app, alice))).Status);
    }

    [Fact]
    public async Task Another_s_name_and_logo_are_not_shown_and_it_is_asked_about_each_time()
    {
        var (app, alice) = (pds.NewClient(metadata => (metadata["client_name"], metadata["logo_uri"]) = ("Your bank", "https://pictures.example.com/logo.png")), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = (await browser.OpenAsync(await AddressAsync(app, alice))).Ok();
        Assert.DoesNotContain("Your bank", consent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("pictures.example.com", consent.Html + consent.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        (await browser.SubmitAsync(consent, "handler=accept")).Ok();

        Assert.Equal("Let this app in?", (await browser.OpenAsync(await AddressAsync(app, alice))).Ok().Title);
    }

    private static async Task<string> AddressAsync(OAuthClient app, Actor user) =>
        $"/oauth/authorize?client_id={Uri.EscapeDataString(app.Id)}&request_uri={Uri.EscapeDataString(await app.PushAsync("atproto", ("login_hint", user.Handle)))}";

    public sealed class VouchingPds : OAuthPds
    {
        private string? _trusted;

        /// <summary>The client that the operator vouches for.</summary>
        public string Trusted => _trusted ??= Site.Publish(metadata => metadata["logo_uri"] = "https://pictures.example.com/logo.png");

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:OAuth:TrustedClients"] = Trusted };
    }
}
