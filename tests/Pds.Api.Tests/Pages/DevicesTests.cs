using System.Text.RegularExpressions;
using Pds.Application.Maintenance;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class DevicesTests : IAsyncLifetime
{
    private readonly TimedPdsFixture _pds = new();

    public Task InitializeAsync() => _pds.InitializeAsync();

    public Task DisposeAsync() => _pds.DisposeAsync();

    [Fact]
    public async Task Signing_in_lasts_a_week_and_not_longer()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);

        for (var hours = 0; hours < 166; hours += 12)
        {
            Assert.True(await IsInAsync(browser, alice), $"after {hours} hours");
            _pds.Time.Advance(TimeSpan.FromHours(12));
        }

        Assert.False(await IsInAsync(browser, alice));
        Assert.Contains("Sign in again", (await browser.OpenAsync("/account")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_being_remembered_it_lasts_a_quarter_of_an_hour_unused()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice, remember: false);

        _pds.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await IsInAsync(browser, alice));
        _pds.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await IsInAsync(browser, alice));
        _pds.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await IsInAsync(browser, alice));
    }

    [Fact]
    public async Task Several_accounts_are_signed_in_at_once_and_each_is_signed_out_alone()
    {
        var (alice, bob) = (await _pds.SignUpAsync(), await _pds.SignUpAsync("bob"));
        using var browser = await _pds.SignInToPagesAsync(alice);
        await browser.SignInAsync(bob.Handle, bob.Password);

        var chooser = (await browser.OpenAsync("/account")).Ok();
        Assert.Contains(alice.PageOf(), chooser.Html, StringComparison.Ordinal);
        Assert.Contains(bob.PageOf(), chooser.Html, StringComparison.Ordinal);

        await browser.SubmitAsync(await browser.OpenAsync(bob.PageOf()), "/sign-out");
        Assert.Equal((true, false), (await IsInAsync(browser, alice), await IsInAsync(browser, bob)));
    }

    [Fact]
    public async Task The_page_shows_browsers_and_apps_and_signs_each_out()
    {
        var alice = await _pds.SignUpAsync();
        await _pds.SignInToAppAsync(alice, "feed reader");
        using var browser = await _pds.SignInToPagesAsync(alice);
        using var phone = _pds.NewBrowser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1");
        await phone.SignInAsync(alice.Handle, alice.Password);

        var page = (await phone.OpenAsync(alice.PageOf("devices"))).Ok();
        Assert.Contains("Firefox on Linux", page.Html, StringComparison.Ordinal);
        Assert.Matches("Safari on iPhone</strong>\\s*<span class=\"tag success\">This browser", page.Html);
        Assert.Contains("App password “feed reader”", System.Net.WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", page.Html, StringComparison.Ordinal);

        var firefox = Regex.Matches(page.Html, "name=\"device\" value=\"(dev-[0-9a-f]{32})\"").Select(match => match.Groups[1].Value).Single(id => !phone["device"]!.StartsWith(id, StringComparison.Ordinal));
        await phone.SubmitAsync(page, "handler=browser", ("device", firefox));
        Assert.Equal((false, true), (await IsInAsync(browser, alice), await IsInAsync(phone, alice)));

        await phone.SubmitAsync(alice, "devices", "handler=app");
        await phone.SubmitAsync(alice, "devices", "handler=app");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task A_session_of_anothers_is_not_ended()
    {
        var (alice, bob) = (await _pds.SignUpAsync(), await _pds.SignUpAsync("bob"));
        using var browser = await _pds.SignInToPagesAsync(alice);
        using var bobs = await _pds.SignInToPagesAsync(bob);
        var page = await browser.OpenAsync(alice.PageOf("devices"));
        var session = System.Net.WebUtility.HtmlDecode(Regex.Match((await bobs.OpenAsync(bob.PageOf("devices"))).Html, "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value);

        await browser.SubmitAsync(page, "handler=app", ("session", session));
        await browser.SubmitAsync(page, "handler=browser", ("device", bobs["device"]!.Split('.')[0]));

        (await bob.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
        Assert.True(await IsInAsync(bobs, bob));
    }

    [Fact]
    public async Task Signing_out_everywhere_leaves_this_browser_alone()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);
        using var other = await _pds.SignInToPagesAsync(alice);
        _pds.Time.Advance(TimeSpan.FromSeconds(2));

        (await browser.SubmitAsync(alice, "devices", "handler=everywhere", ("proof", alice.Password))).Ok();

        Assert.Equal((true, false), (await IsInAsync(browser, alice), await IsInAsync(other, alice)));
        (await alice.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task Another_password_does_not_make_a_browser_be_remembered()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice, remember: false);

        (await browser.SubmitAsync(alice, "password", "", ("proof", alice.Password), ("password", "another password"))).Ok();
        Assert.True(await IsInAsync(browser, alice));

        _pds.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await IsInAsync(browser, alice));
    }

    [Fact]
    public async Task A_takedown_ends_it_for_good()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);
        _pds.Time.Advance(TimeSpan.FromSeconds(2));
        var subject = new Dictionary<string, string> { ["$type"] = "com.atproto.admin.defs#repoRef", ["did"] = alice.Did.Value };

        (await _pds.Admin.PostAsync("com.atproto.admin.updateSubjectStatus", new { subject, takedown = new { applied = true, @ref = "x" } })).Ok();
        Assert.False(await IsInAsync(browser, alice));

        (await _pds.Admin.PostAsync("com.atproto.admin.updateSubjectStatus", new { subject, takedown = new { applied = false } })).Ok();
        Assert.False(await IsInAsync(browser, alice));
    }

    [Fact]
    public async Task Signing_in_makes_a_cookie_that_was_there_before_worthless()
    {
        var (alice, mallory) = (await _pds.SignUpAsync(), await _pds.SignUpAsync("mallory"));
        using var attacker = await _pds.SignInToPagesAsync(mallory);
        using var victim = _pds.NewBrowser();
        victim["device"] = attacker["device"];

        await victim.SignInAsync(alice.Handle, alice.Password);

        Assert.True(await IsInAsync(victim, alice));
        Assert.False(await IsInAsync(attacker, alice));
    }

    [Fact]
    public async Task A_copied_cookie_signs_everybody_out_once_both_have_used_it()
    {
        var alice = await _pds.SignUpAsync();
        using var owner = await _pds.SignInToPagesAsync(alice);
        using var thief = _pds.NewBrowser();
        thief["device"] = owner["device"];

        _pds.Time.Advance(TimeSpan.FromHours(25));
        Assert.True(await IsInAsync(owner, alice)); // is given another secret
        _pds.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await IsInAsync(owner, alice)); // has shown it: the one before is void
        Assert.NotEqual(thief["device"], owner["device"]);

        Assert.False(await IsInAsync(thief, alice));
        Assert.False(await IsInAsync(owner, alice));
    }

    [Fact]
    public async Task An_answer_that_was_lost_does_not_sign_anybody_out()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);
        var before = browser["device"];

        _pds.Time.Advance(TimeSpan.FromHours(25));
        Assert.True(await IsInAsync(browser, alice));
        browser["device"] = before; // as if the answer had not come
        _pds.Time.Advance(TimeSpan.FromHours(3));

        Assert.True(await IsInAsync(browser, alice));
        Assert.NotEqual(before, browser["device"]);
    }

    [Fact]
    public async Task Pages_that_are_opened_at_once_are_given_one_secret()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);
        _pds.Time.Advance(TimeSpan.FromHours(25));

        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.OpenAsync(alice.PageOf())));

        Assert.All(pages, page => Assert.Equal(alice.PageOf(), page.Ok().Path));
        _pds.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await IsInAsync(browser, alice));
    }

    [Fact]
    public async Task What_has_run_out_is_forgotten()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);

        Assert.Equal(0, await _pds.SendAsync(new ExpireDevices()));
        _pds.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(2, await _pds.SendAsync(new ExpireDevices())); // the sign-in and the device
        Assert.Equal(0, DatabaseWalk.Count(_pds.Data, "device", "1 = @0", 1) + DatabaseWalk.Count(_pds.Data, "account_device", "1 = @0", 1));
    }

    [Fact]
    public async Task Nothing_that_a_cookie_says_is_in_the_database()
    {
        var alice = await _pds.SignUpAsync();
        using var browser = await _pds.SignInToPagesAsync(alice);

        Assert.Empty(DatabaseWalk.ColumnsWith(_pds.Data, browser["device"]!.Split('.')[1]));
    }

    private static async Task<bool> IsInAsync(PageBrowser browser, Actor actor) => (await browser.OpenAsync(actor.PageOf())).Path == actor.PageOf();
}
