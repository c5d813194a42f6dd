using Microsoft.Playwright;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>The pictures in docs/pages. Run with <c>UPDATE_DOCS=1</c> to take them anew.</summary>
public sealed class ScreenshotsTests(OAuthPds pds, Chromium chromium) : IClassFixture<OAuthPds>, IClassFixture<Chromium>
{
    private static readonly (string Name, int Width)[] Widths = [("desktop", 1000), ("phone", 380)];

    private static readonly (string Name, ColorScheme Scheme)[] Colours = [("light", ColorScheme.Light), ("dark", ColorScheme.Dark)];

    /// <summary>Of JPEG: readable, and small enough to keep eighty of them beside the source.</summary>
    private const int Quality = 50;

    /// <summary>One thing of each kind.</summary>
    private const string AppScope =
        "atproto repo:app.bsky.feed.post repo:app.bsky.feed.like?action=create&action=delete blob:image/* rpc:app.bsky.feed.getTimeline?aud=did:web:api.bsky.app%23bsky_appview account:email identity:*";

    private static bool AreTaken => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    [ChromiumFact]
    public async Task Every_page_has_its_pictures()
    {
        var folder = Directory.CreateDirectory(Checkout.PathOf("docs", "pages"));
        var names = AreTaken ? await TakeAsync(folder) : PageNames;

        var wanted = names.SelectMany(name => Widths.SelectMany(width => Colours.Select(colour => $"{name}-{width.Name}-{colour.Name}.jpg"))).Order(StringComparer.Ordinal);
        Assert.Equal(wanted, folder.GetFiles("*.jpg").Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    private static readonly string[] PageNames =
    [
        "front", "sign-in", "sign-in-refused", "second-step", "sign-up", "forgotten-password", "reset-password", "accounts", "overview", "devices", "apps", "app-passwords", "handle", "email",
        "password", "factors", "factors-all", "factors-passkey", "factors-set-up", "recovery-key", "export", "leave", "not-found",
        "authorize-sign-in", "authorize-choose", "authorize-consent", "authorize-fault",
    ];

    private async Task<IReadOnlyList<string>> TakeAsync(DirectoryInfo folder)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.ConfirmEmailAsync(alice);
        await pds.SignInToAppAsync(alice, "Feed reader");
        using (var authenticator = pds.NewAuthenticator())
        using (var own = await pds.SignInToPagesAsync(bob)) (await own.AddPasskeyAsync(bob, authenticator)).Ok();
        var codes = new Queue<string>((await pds.SetUpTotpAsync(bob, pds.Time.GetUtcNow())).BackupCodes);
        var app = pds.NewClient(metadata => (metadata["scope"], metadata["tos_uri"], metadata["policy_uri"]) = (AppScope, "https://app.example.com/terms", "https://app.example.com/privacy"));
        await pds.SignInAsync(app, alice, "atproto repo:app.bsky.feed.post");
        foreach (var (width, pixels) in Widths)
        {
            foreach (var (colour, scheme) in Colours)
            {
                var page = await chromium.OpenWindowAsync(scheme, pixels, height: 700);
                Task Take(string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, $"{name}-{width}-{colour}.jpg"), FullPage = true, Type = ScreenshotType.Jpeg, Quality = Quality });
                await TakeStrangersAsync(page, alice, bob, Take);
                await TakeFactorsAsync(page, bob, codes.Dequeue(), Take);
                await TakeAccountsAsync(page, alice, bob, Take);
                await TakeAppsAsync(page, app, alice, Take);
                await page.Context.CloseAsync();
                await pds.RunAsync("DELETE FROM account_device"); // the next pictures are of the first browser again
            }
        }

        return PageNames;
    }

    private async Task TakeStrangersAsync(IPage page, Actor alice, Actor bob, Func<string, Task> take)
    {
        foreach (var (name, path) in new[] { ("front", "/"), ("sign-in", "/sign-in"), ("sign-up", "/sign-up"), ("forgotten-password", "/forgotten-password"), ("reset-password", "/reset-password"), ("not-found", "/no-such-page") })
        {
            await page.GotoAsync(pds.Url + path);
            await take(name);
        }

        await SignInAsync(page, alice.Handle, "not her password");
        await take("sign-in-refused");
        await SignInAsync(page, bob.Handle, bob.Password);
        await take("second-step");
    }

    /// <summary>What somebody who takes care sees, after the second step.</summary>
    private async Task TakeFactorsAsync(IPage page, Actor bob, string code, Func<string, Task> take)
    {
        await page.FillAsync("#code", code);
        await page.ClickAsync("button.primary");
        await page.WaitForURLAsync(pds.Url + bob.PageOf());
        await page.GotoAsync(pds.Url + bob.PageOf("factors"));
        await page.ClickAsync("summary");
        await take("factors-all");
    }

    private async Task TakeAccountsAsync(IPage page, Actor alice, Actor bob, Func<string, Task> take)
    {
        await SignInAsync(page, alice.Handle, alice.Password);
        await take("overview");
        await page.GotoAsync($"{pds.Url}/account");
        await take("accounts");
        foreach (var name in new[] { "devices", "apps", "app-passwords", "email", "password", "factors", "recovery-key", "export", "leave" })
        {
            await page.GotoAsync(pds.Url + alice.PageOf(name));
            await take(name);
        }

        await page.GotoAsync($"{pds.Url}{alice.PageOf("handle")}?handle={bob.Handle}");
        await take("handle");
        await page.GotoAsync(pds.Url + alice.PageOf("factors"));
        await page.FillAsync("form:has-text('Set up') [name=proof]", alice.Password);
        await page.ClickAsync("text=Set up");
        await page.WaitForSelectorAsync(".qr");
        await take("factors-set-up");
        await page.FillAsync("#proof-passkey", alice.Password);
        await page.ClickAsync("text=Add a passkey");
        await page.WaitForSelectorAsync("#passkey-name");
        await take("factors-passkey");
    }

    /// <summary>What an app's user meets on the way.</summary>
    private async Task TakeAppsAsync(IPage page, OAuthClient app, Actor alice, Func<string, Task> take)
    {
        var address = $"{pds.Url}/oauth/authorize?client_id={Uri.EscapeDataString(app.Id)}&request_uri=";
        await page.GotoAsync($"{address}{Uri.EscapeDataString(await app.PushAsync(AppScope, ("login_hint", "carol.test")))}");
        await take("authorize-sign-in");
        await page.GotoAsync($"{address}{Uri.EscapeDataString(await app.PushAsync(AppScope))}");
        await take("authorize-choose");
        await page.ClickAsync($"a.card:has-text('{alice.Handle}')");
        await page.WaitForSelectorAsync("fieldset");
        await take("authorize-consent");
        await page.GotoAsync($"{address}urn:ietf:params:oauth:request_uri:req-{new string('0', 32)}");
        await take("authorize-fault");
    }

    private async Task SignInAsync(IPage page, string identifier, string password)
    {
        await page.GotoAsync($"{pds.Url}/sign-in");
        await page.FillAsync("#identifier", identifier);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button.primary");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
