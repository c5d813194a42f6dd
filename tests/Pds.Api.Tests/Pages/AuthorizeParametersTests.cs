using System.Net;
using Pds.TestKit;
using static Pds.Api.Tests.Pages.AuthorizeSteps;

namespace Pds.Api.Tests.Pages;

/// <summary>What clients may say in a request, and what a browser sees of it.</summary>
public sealed class AuthorizeParametersTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task A_client_whose_name_is_longer_than_the_way_back_may_be_loses_nobody_on_the_way()
    {
        var scope = $"atproto {string.Join(' ', Enumerable.Range(0, 170).Select(i => $"repo:com.example.collection{i}"))}";
        var name = $"http://localhost?redirect_uri={Uri.EscapeDataString("http://127.0.0.1/callback")}&scope={Uri.EscapeDataString(scope)}";
        Assert.InRange(name.Length, 4096, 8192);
        var (app, alice) = (new OAuthClient(pds.Url, name) { RedirectUri = "http://127.0.0.1:4321/callback", Clock = pds.Time.GetUtcNow }, await pds.SignUpAsync());
        using var browser = pds.NewBrowser();

        var signIn = (await browser.OpenAsync(await AddressAsync(app, scope))).Ok();
        Assert.Contains("An app on this device", signIn.Html, StringComparison.Ordinal);
        var wrong = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", "wrong"));
        Assert.Contains("An app on this device", wrong.Html, StringComparison.Ordinal);
        var consent = (await browser.SubmitAsync(wrong, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password))).Ok();
        var answer = WayBack(await browser.SubmitAsync(consent, "handler=accept"));

        Assert.Equal(scope, (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    public async Task An_address_of_the_client_s_may_be_written_in_any_script(string mode)
    {
        const string callback = "http://127.0.0.1:4321/zurück/東京/callback";
        var (app, alice) = (new OAuthClient(pds.Url, $"http://localhost?redirect_uri={Uri.EscapeDataString("http://127.0.0.1/zurück/東京/callback")}") { RedirectUri = callback, Clock = pds.Time.GetUtcNow }, await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var answer = WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice, "atproto", ("response_mode", mode)), "handler=accept"));

        Assert.StartsWith($"http://127.0.0.1:4321/zur%C3%BCck/%E6%9D%B1%E4%BA%AC/callback{(mode == "query" ? '?' : '#')}", answer.Address, StringComparison.Ordinal);
        (await app.ExchangeAsync(answer["code"]!)).Ok();
    }

    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    [InlineData("form_post")]
    public async Task Consent_refusal_and_a_state_of_4_kilobytes_travel_in_every_way(string mode)
    {
        var state = string.Concat(Enumerable.Repeat("ä &=?#+%<\"'", 400))[..4096];
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var allowed = await AnswerAsync("handler=accept");
        var denied = await AnswerAsync("handler=reject");

        Assert.Equal((pds.Url, state, null), (allowed["iss"], allowed["state"], allowed.GetValueOrDefault("error")));
        (await app.ExchangeAsync(allowed["code"]!)).Ok();
        Assert.Equal((pds.Url, state, "access_denied"), (denied["iss"], denied["state"], denied["error"]));
        Assert.DoesNotContain("code", denied.Keys);

        async Task<Dictionary<string, string?>> AnswerAsync(string form)
        {
            var consent = await ConsentAsync(browser, app, alice, "atproto", ("state", state), ("response_mode", mode));
            var page = await browser.SubmitAsync(consent, form);
            if (mode == "form_post") return page.Ok().FindForm("/callback").Fields.ToDictionary(field => field.Name, string? (field) => field.Value);

            var answer = WayBack(page);
            Assert.StartsWith($"{Callback}{(mode == "query" ? '?' : '#')}iss=", answer.Address, StringComparison.Ordinal);
            return new[] { "iss", "state", "code", "error" }.Where(name => answer[name] is not null).ToDictionary(name => name, name => answer[name]);
        }
    }

    [Fact]
    public async Task A_hint_at_nobody_here_is_filled_in_and_somebody_else_may_come()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = pds.NewBrowser();

        var signIn = (await browser.OpenAsync(await AddressAsync(app, changes: ("login_hint", "Nobody.Example.com")))).Ok();
        Assert.Contains("value=\"nobody.example.com\"", signIn.Html, StringComparison.Ordinal);
        var consent = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));

        Assert.Equal("Let this app in?", consent.Ok().Title);
    }

    [Theory]
    [InlineData("login_hint", "alice@example.com", "Invalid login_hint \"alice@example.com\"")]
    [InlineData("login_hint", "@alice.test", "Invalid login_hint \"@alice.test\"")]
    [InlineData("prompt", "login consent", "Invalid \"prompt\" parameter")]
    [InlineData("prompt", "none login", "Invalid \"prompt\" parameter")]
    [InlineData("response_mode", "web_message", "Invalid \"response_mode\" parameter")]
    public async Task A_client_hears_at_once_of_what_it_may_not_say(string name, string value, string description) => Assert.Equal(
        description, (await pds.NewClient().ParAsync((name, value))).Refused(400, "invalid_request").Json.GetProperty("error_description").GetString());

    [Fact]
    public async Task A_client_that_wants_no_word_said_gets_each_answer_by_a_redirect()
    {
        var (app, alice, bob) = (pds.NewConfidentialClient(), await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"));
        using var browser = pds.NewBrowser();

        Assert.Equal("login_required", (await SilentAsync())["error"]);
        await browser.SignInAsync(alice.Handle, alice.Password);
        Assert.Equal("consent_required", (await SilentAsync())["error"]);
        Assert.Equal("login_required", (await SilentAsync(("login_hint", bob.Handle)))["error"]);
        WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice), "handler=accept"));
        Assert.NotNull((await SilentAsync())["code"]);
        await browser.SignInAsync(bob.Handle, bob.Password);
        Assert.Equal("account_selection_required", (await SilentAsync())["error"]);
        Assert.NotNull((await SilentAsync(("login_hint", alice.Did.Value)))["code"]);
        Assert.Equal("consent_required", (await SilentAsync(("login_hint", bob.Handle)))["error"]);

        async Task<Answer> SilentAsync(params (string Name, string? Value)[] changes) =>
            Redirect(await browser.OpenAsync(await AddressAsync(app, "atproto", [.. changes, ("prompt", "none")])));
    }

    [Fact]
    public async Task A_client_may_want_the_account_chosen_the_consent_asked_for_or_an_account_made()
    {
        var (app, alice) = (pds.NewConfidentialClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice), "handler=accept"));

        Assert.Equal("Which account?", await TitleAsync("select_account"));
        Assert.Equal("Let this app in?", await TitleAsync("consent"));
        Assert.Equal("Create an account", await TitleAsync("create"));
        Assert.Equal("Sign in", await TitleAsync("login", TimeSpan.FromMinutes(1)));

        async Task<string> TitleAsync(string prompt, TimeSpan later = default)
        {
            pds.Time.Advance(later);
            return (await browser.OpenAsync(await AddressAsync(app, "atproto", ("login_hint", alice.Handle), ("prompt", prompt)))).Ok().Title;
        }
    }

    [Fact]
    public async Task A_request_in_the_address_itself_is_not_taken_as_the_metadata_say()
    {
        using var browser = pds.NewBrowser();
        var app = pds.NewClient();
        var query = string.Join('&', app.Parameters().Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value!)}"));

        var page = await browser.OpenAsync($"/oauth/authorize?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("This sign-in cannot go on", page.Title);
        Assert.DoesNotContain("Location", page.Headers.Keys);
        Assert.True((await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/.well-known/oauth-authorization-server"))).Json.GetProperty("require_pushed_authorization_requests").GetBoolean());
    }
}
