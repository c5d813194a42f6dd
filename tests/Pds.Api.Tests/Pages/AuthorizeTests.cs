using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Pds.Application.Mail;
using Pds.TestKit;
using static Pds.Api.Tests.Pages.AuthorizeSteps;

namespace Pds.Api.Tests.Pages;

/// <summary>The way of a user through <c>/oauth/authorize</c>, by forms, as a browser without scripts goes it.</summary>
public sealed class AuthorizeTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task Leads_through_sign_in_and_consent_and_back_with_a_code_that_is_good()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = pds.NewBrowser();

        var signIn = (await browser.OpenAsync(await AddressAsync(app, "atproto transition:generic", ("login_hint", alice.Handle)))).Ok();
        Assert.Equal("Sign in", signIn.Title);
        Assert.Contains("To go on to: <strong class=\"host\">app.example.com</strong>", signIn.Html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{alice.Handle}\"", signIn.Html, StringComparison.Ordinal);

        var consent = (await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password))).Ok();
        Assert.Equal("Let this app in?", consent.Title);
        Assert.Contains(app.Id, consent.Html, StringComparison.Ordinal);
        Assert.Contains("Do nearly all that you can do", consent.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("The app</strong>", consent.Html, StringComparison.Ordinal); // what anybody can call himself

        var answer = WayBack(await browser.SubmitAsync(consent, "handler=accept"));
        Assert.StartsWith(Callback, answer.Address, StringComparison.Ordinal);
        Assert.Equal((pds.Url, app.State), (answer["iss"], answer["state"]));
        Assert.Equal(alice.Did.Value, (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("sub").GetString());
    }

    [Fact]
    public async Task A_wrong_password_and_a_second_factor_on_the_way_lose_nothing()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        await pds.UseMailFactorAsync(alice);
        using var browser = pds.NewBrowser();
        var signIn = await browser.OpenAsync(await AddressAsync(app));

        var wrong = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", "wrong"));
        Assert.NotEmpty(wrong.Refusal);
        Assert.Contains("app.example.com", wrong.Html, StringComparison.Ordinal);
        var second = (await browser.SubmitAsync(wrong, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password))).Ok();
        var consent = (await browser.SubmitAsync(second, "handler=factor", ("code", pds.Mail.LastCode<Letter.SignIn>(alice)))).Ok();

        Assert.Equal("Let this app in?", consent.Title);
    }

    [Fact]
    public async Task A_passkey_leads_to_the_app_like_a_password()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var authenticator = pds.NewAuthenticator();
        using (var own = await pds.SignInToPagesAsync(alice)) (await own.AddPasskeyAsync(alice, authenticator)).Ok();
        using var browser = pds.NewBrowser();

        var consent = (await browser.UsePasskeyAsync(await browser.OpenAsync(await AddressAsync(app)), authenticator)).Ok();

        Assert.Equal("Let this app in?", consent.Title);
        var answer = WayBack(await browser.SubmitAsync(consent, "handler=accept"));
        Assert.Equal(alice.Did.Value, (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Scopes_that_are_unticked_are_not_granted_and_atproto_cannot_be()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice, "atproto transition:generic transition:email");
        Assert.Equal(["atproto", "transition:generic", "transition:email"], consent.FindForm("handler=accept").Fields.Where(field => field.Name == "scope").Select(field => field.Value).Order().OrderBy(scope => scope != "atproto").ThenByDescending(scope => scope));

        var answer = WayBack(await browser.SubmitAsync(consent, "handler=accept", ("scope", "atproto"), ("scope", "transition:email"), ("scope", "repo:*")));
        Assert.Equal("atproto transition:email", (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("scope").GetString());

        var none = await ConsentAsync(browser, app, alice);
        Assert.Equal("access_denied", WayBack(await browser.SubmitAsync(none, "handler=accept", ("scope", "transition:email")))["error"]);
    }

    [Fact]
    public async Task What_an_app_asks_for_by_two_names_is_asked_about_once_and_taken_away_by_both()
    {
        const string scope = "atproto transition:email account:email";
        var (app, other, alice) = (pds.NewClient(metadata => metadata["scope"] = scope), pds.NewClient(metadata => metadata["scope"] = scope), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice, scope);

        Assert.Equal(["atproto", "transition:email account:email"], consent.FindForm("handler=accept").Fields.Where(field => field.Name == "scope").Select(field => field.Value));
        var less = WayBack(await browser.SubmitAsync(consent, "handler=accept", ("scope", "atproto")));
        Assert.Equal("atproto", (await app.ExchangeAsync(less["code"]!)).Ok().GetProperty("scope").GetString());

        var all = WayBack(await browser.SubmitAsync(await ConsentAsync(browser, other, alice, scope), "handler=accept"));
        Assert.Equal(scope, (await other.ExchangeAsync(all["code"]!)).Ok().GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Whoever_does_not_want_it_is_led_back_with_access_denied_signed_in_or_not()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var stranger = pds.NewBrowser();
        using var browser = await pds.SignInToPagesAsync(alice);

        var early = WayBack(await stranger.SubmitAsync(await stranger.OpenAsync(await AddressAsync(app)), "handler=reject"));
        var late = WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice), "handler=reject"));

        Assert.Equal(("access_denied", app.State), (early["error"], early["state"]));
        Assert.Equal(("access_denied", "The user rejected the request"), (late["error"], late["error_description"]));
    }

    [Fact]
    public async Task Somebody_with_several_accounts_chooses_one_and_may_choose_again()
    {
        var (app, alice, bob) = (pds.NewClient(), await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        using var browser = await pds.SignInToPagesAsync(alice);
        await browser.SignInAsync(bob.Handle, bob.Password);

        var choice = (await browser.OpenAsync(await AddressAsync(app))).Ok();
        Assert.Equal("Which account?", choice.Title);
        var bobs = (await browser.OpenAsync(LinkOf(choice, bob))).Ok();
        Assert.Contains($"It asks for access to @{bob.Handle}.", WebUtility.HtmlDecode(bobs.Html), StringComparison.Ordinal);
        var again = (await browser.OpenAsync(Link(bobs, "choose=true"))).Ok();
        var alices = await browser.OpenAsync(LinkOf(again, alice));

        var code = WayBack(await browser.SubmitAsync(alices, "handler=accept"))["code"]!;
        Assert.Equal(alice.Did.Value, (await app.ExchangeAsync(code)).Ok().GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Somebody_else_s_account_cannot_be_given_away()
    {
        var (app, alice, bob) = (pds.NewClient(), await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = await ConsentAsync(browser, app, alice);
        var page = await browser.SubmitAsync(consent, "handler=accept", ("account", bob.Did.Value));

        Assert.Equal("Which account?", page.Ok().Title);
    }

    [Fact]
    public async Task An_account_can_be_made_on_the_way()
    {
        var app = pds.NewClient();
        using var browser = pds.NewBrowser();

        var signUp = (await browser.OpenAsync(await AddressAsync(app, changes: ("prompt", "create")))).Ok();
        Assert.Equal("Create an account", signUp.Title);
        Assert.Contains("app.example.com", signUp.Html, StringComparison.Ordinal);
        var consent = (await browser.SubmitAsync(signUp, "/sign-up", ("name", "on-the-way"), ("email", "on-the-way@example.com"), ("password", "a long password"))).Ok();
        var code = WayBack(await browser.SubmitAsync(consent, "handler=accept"))["code"]!;

        await app.ExchangeAsync(code);
        Assert.Equal("on-the-way.test", (await app.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
    }

    [Fact]
    public async Task A_forgotten_password_leads_back_to_the_app()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = pds.NewBrowser();
        var signIn = await browser.OpenAsync(await AddressAsync(app));

        var forgotten = (await browser.OpenAsync(Link(signIn, "/forgotten-password"))).Ok();
        var reset = (await browser.SubmitAsync(forgotten, "", ("email", alice.Email))).Ok();
        var again = (await browser.SubmitAsync(reset, "", ("code", pds.Mail.LastCode<Letter.ResetPassword>(alice)), ("password", "another long password"))).Ok();
        var consent = (await browser.SubmitAsync(again, "/sign-in", ("identifier", alice.Handle), ("password", "another long password"))).Ok();

        Assert.Equal("Let this app in?", consent.Title);
    }

    [Fact]
    public async Task A_confidential_client_is_consented_to_once_and_then_answered_at_once()
    {
        var (app, alice) = (pds.NewConfidentialClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        Assert.NotNull(WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice), "handler=accept"))["code"]);

        var hinted = await browser.OpenAsync(await AddressAsync(app, changes: ("login_hint", alice.Handle)));
        var silent = await browser.OpenAsync(await AddressAsync(app, changes: ("prompt", "none")));
        var chosen = await browser.OpenAsync(LinkOf(await browser.OpenAsync(await AddressAsync(app)), alice));
        var more = await browser.OpenAsync(LinkOf(await browser.OpenAsync(await AddressAsync(app, "atproto transition:email")), alice));

        Assert.Equal(HttpStatusCode.SeeOther, hinted.Status);
        Assert.Contains("code=cod-", hinted.Headers["Location"], StringComparison.Ordinal);
        Assert.Contains("code=cod-", silent.Headers["Location"], StringComparison.Ordinal);
        Assert.NotNull(WayBack(chosen)["code"]);
        Assert.Equal("Let this app in?", more.Title);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task A_client_can_have_the_password_asked_for_again_but_not_for_ever(string name, string value)
    {
        var (app, alice) = (pds.NewConfidentialClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        pds.Time.Advance(TimeSpan.FromMinutes(1));

        var signIn = await browser.OpenAsync(await AddressAsync(app, "atproto", (name, value), ("login_hint", alice.Handle)));
        Assert.Equal("Sign in", signIn.Ok().Title);
        pds.Time.Advance(TimeSpan.FromSeconds(20));
        var consent = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));

        Assert.Equal("Let this app in?", consent.Ok().Title);
        pds.Time.Advance(TimeSpan.FromSeconds(20)); // while the user reads
        Assert.NotNull(WayBack(await browser.SubmitAsync(consent, "handler=accept"))["code"]);
    }

    [Fact]
    public async Task An_answer_travels_as_the_client_wants_it()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var fragment = WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice, "atproto", ("response_mode", "fragment")), "handler=accept"));
        var posted = await browser.SubmitAsync(await ConsentAsync(browser, app, alice, "atproto", ("response_mode", "form_post")), "handler=accept");

        Assert.StartsWith($"{Callback}#iss=", fragment.Address, StringComparison.Ordinal);
        var (action, fields) = posted.Ok().FindForm("/callback");
        Assert.Equal(Callback, action);
        Assert.Equal(["iss", "state", "code"], fields.Select(field => field.Name)); // and no token of this server's
        Assert.Contains("form-action 'self' https://app.example.com;", posted.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_on_a_telephone_is_opened_by_the_button_that_was_pressed()
    {
        var client = pds.Site.Publish(metadata =>
        {
            metadata["application_type"] = "native";
            metadata["redirect_uris"]!.AsArray()[0] = "com.example.app:/callback";
        });
        var (app, alice) = (new OAuthClient(pds.Url, client) { RedirectUri = "com.example.app:/callback", Clock = pds.Time.GetUtcNow }, await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = await ConsentAsync(browser, app, alice);
        var answer = await browser.SubmitAsync(consent, "handler=accept");

        Assert.Contains("form-action 'self' com.example.app:;", consent.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith("com.example.app:/callback?iss=", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_of_the_address_changes_nothing_and_a_browser_that_says_nothing_has_a_button()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        var address = await AddressAsync(app);
        using var browser = await pds.SignInToPagesAsync(alice);

        var preview = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
        var head = new HttpRequestMessage(HttpMethod.Head, address);
        await pds.Anyone.SendAsync(head);
        Assert.Equal((200, true), ((int)preview.Status, preview.Text.Contains("handler=begin", StringComparison.Ordinal)));
        Assert.DoesNotContain(preview.Headers.Keys, name => name == "Set-Cookie" && preview.Headers[name].Contains("device", StringComparison.Ordinal));

        var old = new HttpRequestMessage(HttpMethod.Get, address);
        old.Headers.Add("Sec-Fetch-Mode", "no-cors");
        var begin = await browser.SendAsync(old);
        Assert.Equal("Which account?", (await browser.SubmitAsync(begin, "handler=begin")).Ok().Title);
    }

    [Fact]
    public async Task A_second_browser_ends_the_request_for_both_and_the_app_hears_of_it()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var first = await pds.SignInToPagesAsync(alice);
        using var second = pds.NewBrowser();
        var address = await AddressAsync(app);
        var choice = await first.OpenAsync(address);

        var theft = await second.OpenAsync(address);
        var after = await first.OpenAsync(LinkOf(choice, alice));

        Assert.Equal(HttpStatusCode.SeeOther, theft.Status);
        Assert.StartsWith($"{Callback}?iss=", theft.Headers["Location"], StringComparison.Ordinal);
        Assert.Contains("error=access_denied", theft.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal((400, "This sign-in cannot go on"), ((int)after.Status, after.Title));
    }

    [Fact]
    public async Task Another_client_s_name_ends_the_request_and_leads_to_nobody_but_the_client_that_made_it()
    {
        var (app, other) = (pds.NewClient(), pds.NewClient(metadata => metadata["redirect_uris"]!.AsArray()[0] = "https://app.example.com/evil"));
        using var browser = pds.NewBrowser();

        var page = await browser.OpenAsync(AddressOf(other, await app.PushAsync()));

        Assert.StartsWith($"{Callback}?iss=", page.Headers["Location"], StringComparison.Ordinal);
        Assert.Contains("error=access_denied", page.Headers["Location"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?client_id=https%3A%2F%2Fapp.example.com%2Fclient.json&redirect_uri=https%3A%2F%2Fevil.example&response_type=code&scope=atproto")]
    [InlineData("?client_id=https%3A%2F%2Fapp.example.com%2Fclient.json&request_uri=nonsense")]
    [InlineData("?client_id=https%3A%2F%2Fapp.example.com%2Fclient.json&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Areq-00000000000000000000000000000000&redirect_uri=https%3A%2F%2Fevil.example")]
    [InlineData("?client_id=nonsense&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Areq-00000000000000000000000000000000")]
    public async Task What_is_no_pushed_request_is_explained_and_leads_nowhere(string query)
    {
        using var browser = pds.NewBrowser();

        var page = await browser.OpenAsync($"/oauth/authorize{query}");

        Assert.Equal((400, "This sign-in cannot go on"), ((int)page.Status, page.Title));
        Assert.DoesNotContain("Location", page.Headers.Keys);
        Assert.DoesNotContain("evil.example", page.Html, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_beside_a_pushed_request_changes_nothing_of_it()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var said = "&state=tampered&redirect_uri=https%3A%2F%2Fevil.example%2F&response_mode=fragment&scope=atproto%20transition%3Ageneric&code_challenge=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&prompt=none&login_hint=bob.test";

        var consent = (await browser.OpenAsync($"{await AddressAsync(app)}&account={alice.Did}{said}")).Ok();
        var answer = WayBack(await browser.SubmitAsync(consent, "handler=accept"));

        Assert.StartsWith($"{Callback}?iss=", answer.Address, StringComparison.Ordinal);
        Assert.Equal(app.State, answer["state"]);
        Assert.Equal("atproto", (await app.ExchangeAsync(answer["code"]!)).Ok().GetProperty("scope").GetString());
    }

    [Fact]
    public async Task A_request_that_waited_too_long_is_over_and_the_app_hears_of_it()
    {
        var app = pds.NewClient();
        using var browser = pds.NewBrowser();
        var address = await AddressAsync(app);

        pds.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Contains("error=access_denied", (await browser.OpenAsync(address)).Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_whose_documents_cannot_be_had_is_named_and_may_be_tried_again()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        await AddressAsync(app); // its document is read, and kept for ten minutes
        pds.Time.Advance(TimeSpan.FromMinutes(8));
        var address = await AddressAsync(app);
        pds.Time.Advance(TimeSpan.FromMinutes(3));
        pds.Site.Put(new Uri(app.Id).AbsolutePath, http =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });

        var page = await browser.OpenAsync(address);

        Assert.Equal((400, "This sign-in cannot go on"), ((int)page.Status, page.Title));
        Assert.Contains("What app.example.com says of itself cannot be read now.", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_switched_off_is_told_so()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        var page = await browser.OpenAsync(LinkOf(await browser.OpenAsync(await AddressAsync(app)), alice));

        Assert.Equal("This account is switched off", page.Ok().Title);
        Assert.Equal("access_denied", WayBack(await browser.SubmitAsync(page, "handler=reject"))["error"]);
    }

    [Theory]
    [InlineData("handler=accept")]
    [InlineData("handler=reject")]
    public async Task No_other_site_answers_for_the_user(string form)
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);
        var (action, fields) = consent.FindForm(form);

        var crossed = await browser.PostAsync(action, fields, site: "cross-site");
        var without = await browser.PostAsync(action, fields.Where(field => field.Name != "csrf"));

        Assert.Equal((403, 400), ((int)crossed.Status, (int)without.Status));
        Assert.NotNull(WayBack(await browser.SubmitAsync(consent, "handler=accept"))["code"]);
    }

    [Fact]
    public async Task What_a_permission_means_is_said_in_plain_words_in_groups()
    {
        var scopes = "atproto repo:app.bsky.feed.post?action=create blob:image/* rpc:app.bsky.feed.getFeed?aud=did:web:api.example.com%23svc account:email identity:*";
        var (app, alice) = (pds.NewClient(metadata => metadata["scope"] = scopes), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);

        var html = WebUtility.HtmlDecode((await ConsentAsync(browser, app, alice, scopes)).Html);

        Assert.Equal(["Who you are", "Your name in the network", "Your account", "What you publish", "Files", "Other services, in your name"], Regex.Matches(html, "<legend>(.*?)</legend>").Select(match => match.Groups[1].Value));
        foreach (var text in new[] { "Create public records of these kinds", "posts (app.bsky.feed.post)", "image/*", "Call these methods in your name at api.example.com (svc)", "app.bsky.feed.getFeed", "See your email address", "Think twice" })
            Assert.Contains(text, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connected_apps_are_listed_with_what_they_may_do_and_disconnected_at_once()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        await pds.SignInAsync(app, alice);
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = (await browser.OpenAsync(alice.PageOf("apps"))).Ok();
        Assert.Contains(app.Id, page.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>app.example.com</strong>", page.Html, StringComparison.Ordinal);
        Assert.Contains("Last used just now · connected just now", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Contains("Do nearly all that you can do", page.Html, StringComparison.Ordinal);
        var after = (await browser.SubmitAsync(page, "handler=revoke")).Ok();

        Assert.Equal("That app has no access any more.", after.Told);
        Assert.Contains("No app is connected.", after.Html, StringComparison.Ordinal);
        (await app.GetAsync("com.atproto.server.getSession")).Refused(401, "invalid_token");
        (await app.RefreshAsync()).Refused(400, "invalid_grant");
        Assert.Equal("Let this app in?", (await ConsentAsync(browser, app, alice)).Title); // and it is asked about anew
    }
}
