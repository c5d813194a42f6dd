using Pds.TestKit;
using static Pds.Api.Tests.Pages.AuthorizeSteps;

namespace Pds.Api.Tests.Pages;

/// <summary>What people do on the way to an app that nobody has planned: press twice, go back, open it in two tabs, and change their account meanwhile.</summary>
public sealed class AuthorizeAgainTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task Pressing_allow_twice_is_pressing_it_once()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);

        var pressed = await Task.WhenAll(browser.SubmitAsync(consent, "handler=accept"), browser.SubmitAsync(consent, "handler=accept"));

        Assert.Equal(WayBack(pressed[0]).Address, WayBack(pressed[1]).Address);
        (await app.ExchangeAsync(WayBack(pressed[1])["code"]!)).Ok();
        Assert.Equal("This sign-in cannot go on", (await browser.SubmitAsync(consent, "handler=accept")).Title);
        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Whoever_goes_back_before_the_app_has_used_the_code_is_led_to_it_again_and_afterwards_is_told()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var address = await AddressAsync(app);
        var answer = WayBack(await browser.SubmitAsync(await ConsentAsync(browser, address, alice), "handler=accept"));

        Assert.Equal(answer.Address, Redirect(await browser.OpenAsync(address)).Address);
        (await app.ExchangeAsync(answer["code"]!)).Ok();
        var after = await browser.OpenAsync(address);

        Assert.Equal((400, "This sign-in cannot go on"), ((int)after.Status, after.Title));
        Assert.Contains("finished already", after.Html, StringComparison.Ordinal);
        (await app.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task A_link_that_is_pressed_twice_asks_no_one_and_answers_the_same()
    {
        var (app, alice) = (pds.NewConfidentialClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, alice), "handler=accept"));
        var address = await AddressAsync(app, changes: ("prompt", "none"));

        Assert.Equal(Redirect(await browser.OpenAsync(address)).Address, Redirect(await browser.OpenAsync(address)).Address);
    }

    [Fact]
    public async Task The_question_can_be_loaded_again_and_answered_in_either_of_two_tabs()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var address = await AddressAsync(app);
        var first = await ConsentAsync(browser, address, alice);
        var second = await ConsentAsync(browser, address, alice);

        var answer = WayBack(await browser.SubmitAsync(second, "handler=accept"));

        Assert.Equal(answer.Address, WayBack(await browser.SubmitAsync(first, "handler=accept")).Address);
        Assert.Equal("access_denied", WayBack(await browser.SubmitAsync(first, "handler=reject"))["error"]); // too late
        (await app.ExchangeAsync(answer["code"]!)).Ok();
    }

    [Fact]
    public async Task Turning_an_app_away_twice_is_explained()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);

        WayBack(await browser.SubmitAsync(consent, "handler=reject"));
        var again = await browser.SubmitAsync(consent, "handler=reject");

        Assert.Equal((400, "This sign-in cannot go on"), ((int)again.Status, again.Title));
    }

    [Fact]
    public async Task Two_apps_at_once_in_one_browser_do_not_disturb_each_other()
    {
        var (one, other, alice) = (pds.NewClient(), pds.NewClient(), await pds.SignUpAsync());
        using var browser = pds.NewBrowser();
        var (first, second) = (await browser.OpenAsync(await AddressAsync(one)), await browser.OpenAsync(await AddressAsync(other)));

        var signedIn = await browser.SubmitAsync(first, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));
        var here = await browser.SubmitAsync(second, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));
        var (answer, otherAnswer) = (WayBack(await browser.SubmitAsync(signedIn, "handler=accept")), WayBack(await browser.SubmitAsync(here, "handler=accept")));

        Assert.Equal((one.State, other.State), (answer["state"], otherAnswer["state"]));
        (await one.ExchangeAsync(answer["code"]!)).Ok();
        (await other.ExchangeAsync(otherAnswer["code"]!)).Ok();
    }

    [Fact]
    public async Task Signing_out_in_another_tab_asks_for_the_password_again_and_loses_nothing()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);
        await browser.SubmitAsync(await browser.OpenAsync(alice.PageOf("")), "/sign-out");

        var choice = await browser.SubmitAsync(consent, "handler=accept");
        var signIn = choice.Title == "Sign in" ? choice : await browser.OpenAsync(Link(choice, "/sign-in"));
        var again = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));

        Assert.Equal("Let this app in?", again.Ok().Title);
        (await app.ExchangeAsync(WayBack(await browser.SubmitAsync(again, "handler=accept"))["code"]!)).Ok();
    }

    [Fact]
    public async Task An_account_that_was_deactivated_meanwhile_lets_nobody_in_and_the_app_hears_of_it()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        Assert.Equal(("access_denied", "This account has been deactivated"), ErrorOf(WayBack(await browser.SubmitAsync(consent, "handler=accept"))));
    }

    [Fact]
    public async Task An_account_that_was_taken_down_meanwhile_must_sign_in_and_cannot()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        var page = await browser.SubmitAsync(consent, "handler=accept");
        var signIn = page.Title == "Sign in" ? page : await browser.OpenAsync(Link(page, "/sign-in"));
        var refused = await browser.SubmitAsync(signIn, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));

        Assert.Contains("taken down", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal("access_denied", WayBack(await browser.SubmitAsync(refused, "handler=reject"))["error"]);
    }

    [Fact]
    public async Task A_code_of_an_account_that_is_no_longer_to_be_had_is_worth_nothing()
    {
        var (alice, bob) = (await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"));
        var (deactivated, takenDown) = (await CodeOfAsync(alice), await CodeOfAsync(bob));
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        (await pds.ModerateAsync(Moderating.Account(bob.Did), Moderating.Applied())).Ok();

        (await deactivated.App.ExchangeAsync(deactivated.Code)).Refused(400, "invalid_grant");
        (await takenDown.App.ExchangeAsync(takenDown.Code)).Refused(400, "invalid_grant");

        async Task<(OAuthClient App, string Code)> CodeOfAsync(Actor owner)
        {
            var app = pds.NewClient();
            using var browser = await pds.SignInToPagesAsync(owner);
            return (app, WayBack(await browser.SubmitAsync(await ConsentAsync(browser, app, owner), "handler=accept"))["code"]!);
        }
    }

    [Fact]
    public async Task An_account_that_was_deleted_meanwhile_is_asked_for_no_more()
    {
        var (app, alice) = (pds.NewClient(), await pds.SignUpAsync());
        using var browser = await pds.SignInToPagesAsync(alice);
        var consent = await ConsentAsync(browser, app, alice);
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        var page = await browser.SubmitAsync(consent, "handler=accept");

        Assert.Equal("Sign in", page.Ok().Title);
        Assert.Contains("app.example.com", page.Html, StringComparison.Ordinal);
        Assert.Equal("access_denied", WayBack(await browser.SubmitAsync(page, "handler=reject"))["error"]);
    }

    private static (string? Error, string? Description) ErrorOf(Answer answer) => (answer["error"], answer["error_description"]);
}
