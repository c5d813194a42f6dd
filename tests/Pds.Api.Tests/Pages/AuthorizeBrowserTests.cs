using System.Web;
using Microsoft.Playwright;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>The way to an app and back in a real browser, which holds redirects and forms against the policies of pages.</summary>
public sealed class AuthorizeBrowserTests(OAuthPds pds, Chromium chromium) : IClassFixture<OAuthPds>, IClassFixture<Chromium>
{
    private const int PhoneWidth = 360;

    [ChromiumTheory]
    [InlineData("query", false)]
    [InlineData("fragment", false)]
    [InlineData("form_post", true)]
    public async Task Leads_back_to_the_app_by_itself_in_each_way_and_the_browser_complains_of_nothing(string mode, bool isPosted)
    {
        await using var site = await OtherSite.StartAsync("<h1>The app</h1>");
        var (app, alice, page) = (NewApp(site), await pds.SignUpAsync(), await chromium.OpenWindowAsync());
        var (complaints, posts) = (new List<string>(), new List<string?>());
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);
        page.Request += (_, request) => posts.AddRange(request.Method == "POST" && request.Url.StartsWith(site.Url, StringComparison.Ordinal) ? [request.PostData] : []);

        await GoToConsentAsync(page, app, alice, ("response_mode", mode));
        complaints.Clear(); // the page has no icon
        await page.ClickAsync("button.primary");
        await page.WaitForURLAsync(url => url.StartsWith(site.Url, StringComparison.Ordinal));

        Assert.Equal(isPosted, posts.Count == 1);
        Assert.Contains("code=cod-", isPosted ? posts[0]! : page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task Leads_there_and_back_without_scripts()
    {
        await using var site = await OtherSite.StartAsync("<h1>The app</h1>");
        var (app, alice, page) = (NewApp(site), await pds.SignUpAsync(), await chromium.OpenWindowAsync(scripts: false));

        await GoToConsentAsync(page, app, alice);
        await page.ClickAsync("button.primary");
        await page.WaitForURLAsync(url => url.StartsWith(site.Url, StringComparison.Ordinal));
        await GoToConsentAsync(page, app, alice, ("response_mode", "form_post"));
        await page.ClickAsync("button.primary");
        await page.ClickAsync("main button.primary:has-text('Continue')");

        await page.WaitForURLAsync(url => url.StartsWith(site.Url, StringComparison.Ordinal));
    }

    [ChromiumTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pressing_twice_and_going_back_lead_to_the_app_all_the_same(bool scripts)
    {
        await using var site = await OtherSite.StartAsync("<h1>The app</h1>");
        var (app, alice, page) = (NewApp(site), await pds.SignUpAsync(), await chromium.OpenWindowAsync(scripts: scripts));

        await GoToConsentAsync(page, app, alice);
        await page.DblClickAsync("button.primary");
        await page.WaitForURLAsync(url => url.StartsWith(site.Url, StringComparison.Ordinal));
        var address = page.Url;
        await page.GoBackAsync();
        await page.WaitForURLAsync(url => url.StartsWith(site.Url, StringComparison.Ordinal));

        Assert.Contains("code=cod-", address, StringComparison.Ordinal);
        Assert.Equal(address, page.Url);
        (await app.ExchangeAsync(HttpUtility.ParseQueryString(new Uri(address).Query)["code"]!)).Ok();
    }

    [ChromiumFact]
    public async Task The_question_can_be_read_on_a_telephone_in_light_and_dark()
    {
        var (app, alice) = (pds.NewClient(metadata => metadata["scope"] = "atproto identity:* repo:app.bsky.feed.post"), await pds.SignUpAsync());
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await chromium.OpenWindowAsync(colours, width: PhoneWidth);
            await GoToConsentAsync(page, app, alice, ("scope", "atproto identity:* repo:app.bsky.feed.post"));

            Assert.Empty(await page.EvaluateAsync<string[]>(BrowserTests.Unreadable));
            Assert.Empty(await page.EvaluateAsync<string[]>(BrowserTests.Nameless));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= PhoneWidth);
        }
    }

    /// <summary>An app on this computer, which needs no document.</summary>
    private OAuthClient NewApp(OtherSite site) => new(pds.Url, "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2F&scope=atproto") { RedirectUri = $"{site.Url}/", Clock = pds.Time.GetUtcNow };

    private async Task GoToConsentAsync(IPage page, OAuthClient app, Actor alice, params (string Name, string? Value)[] changes)
    {
        var request = await app.PushAsync("atproto", [.. changes, ("login_hint", alice.Handle)]);
        await page.GotoAsync($"{pds.Url}/oauth/authorize?client_id={Uri.EscapeDataString(app.Id)}&request_uri={Uri.EscapeDataString(request)}");
        if (await page.Locator("#password").CountAsync() > 0)
        {
            await page.FillAsync("#password", alice.Password);
            await page.ClickAsync("button.primary");
        }

        await page.WaitForSelectorAsync("fieldset");
    }
}
