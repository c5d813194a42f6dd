using Microsoft.Playwright;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>Pages in a real browser: what it refuses to do, how they are used by keyboard, and what scripts add.</summary>
public sealed class BrowserTests(PdsFixture pds, Chromium chromium) : IClassFixture<PdsFixture>, IClassFixture<Chromium>
{
    private const int PhoneWidth = 360;

    private static readonly string[] Names = ["", "devices", "apps", "app-passwords", "handle", "email", "password", "factors", "recovery-key", "export", "leave"];

    [ChromiumFact]
    public async Task Signing_in_by_keyboard_alone_without_scripts()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync(scripts: false);

        await page.GotoAsync($"{pds.Url}/account");
        await page.Locator("#identifier:focus").WaitForAsync(); // a browser gives it once it has drawn the page
        await page.Keyboard.TypeAsync(alice.Handle);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(alice.Password);
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"{pds.Url}{alice.PageOf()}");
        Assert.Equal("Overview", await page.InnerTextAsync("h1"));
    }

    [ChromiumFact]
    public async Task Nothing_is_wider_than_a_telephone_and_the_browser_complains_of_nothing()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync(width: PhoneWidth);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);
        await SignInAsync(page, alice);

        foreach (var path in Names.Select(name => alice.PageOf(name)).Concat(["/account", "/sign-up", "/forgotten-password", "/reset-password", "/"]))
        {
            await page.GotoAsync(pds.Url + path);
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= PhoneWidth, path);
        }

        Assert.Empty(complaints);
    }

    [ChromiumFact]
    public async Task Every_text_can_be_read_and_every_field_has_a_name_in_light_and_dark()
    {
        var alice = await pds.SignUpAsync();
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await chromium.OpenWindowAsync(colours);
            await SignInAsync(page, alice);
            foreach (var path in Names.Select(name => alice.PageOf(name)).Concat(["/sign-in", "/sign-up", "/no-such-page"]))
            {
                await page.GotoAsync(pds.Url + path);
                Assert.Empty(await page.EvaluateAsync<string[]>(Unreadable));
                Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
                Assert.Equal(1, await page.Locator("h1").CountAsync());
            }
        }
    }

    [ChromiumFact]
    public async Task No_other_page_frames_it_or_sends_its_forms()
    {
        var alice = await pds.SignUpAsync();
        await using var evil = await OtherSite.StartAsync($"""
            <iframe src="{pds.Url}/account"></iframe>
            <form method="post" action="{pds.Url}/sign-out"><input name="account" value="{alice.Did}"></form>
            """);
        var page = await chromium.OpenWindowAsync();
        await SignInAsync(page, alice);

        await page.GotoAsync(evil.Url);
        Assert.DoesNotContain(page.Frames, frame => frame.Url.StartsWith(pds.Url, StringComparison.Ordinal));
        await page.EvaluateAsync("document.forms[0].submit()");
        await page.WaitForURLAsync($"{pds.Url}/sign-out");

        Assert.Equal("Not from there", await page.InnerTextAsync("h1"));
        await page.GotoAsync(pds.Url + alice.PageOf());
        Assert.Equal("Overview", await page.InnerTextAsync("h1"));
    }

    [ChromiumFact]
    public async Task A_handle_is_checked_while_it_is_typed()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var page = await chromium.OpenWindowAsync();
        await SignInAsync(page, alice);
        await page.GotoAsync(pds.Url + alice.PageOf("handle"));

        await page.Locator("#handle").PressSequentiallyAsync(bob.Handle);

        await page.WaitForSelectorAsync("#handle-state:has-text('Somebody else has this handle.')");
    }

    [ChromiumFact]
    public async Task A_recovery_key_is_made_in_the_browser_and_taken()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync();
        await SignInAsync(page, alice);
        await page.GotoAsync(pds.Url + alice.PageOf("recovery-key"));
        await page.ClickAsync("text=Send me a code");

        await page.ClickAsync("text=Make a key in this browser");
        await page.WaitForSelectorAsync(".notice.warning code");
        await page.FillAsync("#key-code", pds.Mail.LastCode<Pds.Application.Mail.Letter.PlcOperation>(alice));
        await page.FillAsync("[name=proof]", alice.Password);
        await page.ClickAsync("text=Add as first key");

        await page.WaitForSelectorAsync("text=Your key is the first of your identity now.");
        Assert.Equal("Not this server's: yours", await page.InnerTextAsync("ol.rows li:first-child .help"));
    }

    /// <summary>Texts whose contrast against what is behind them is below WCAG's AA.</summary>
    internal const string Unreadable =
        """
        () => {
          const parse = text => (text.match(/[\d.]+/g) ?? []).map(Number)
          const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
          const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
          const behind = node => {
            for (; node; node = node.parentElement) {
              const colour = parse(getComputedStyle(node).backgroundColor)
              if (colour.length === 3 || colour[3] === 1) return colour
            }
            return [255, 255, 255]
          }
          const faults = []
          for (const node of document.body.querySelectorAll('*')) {
            const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) || node.matches('input:not([type=hidden]):not([type=checkbox])')
            if (!own || node.closest('svg') || !node.getClientRects().length) continue
            const style = getComputedStyle(node)
            const [one, two] = [luminance(parse(style.color)), luminance(behind(node))].sort((a, b) => b - a)
            const large = parseFloat(style.fontSize) >= 24
            if ((one + 0.05) / (two + 0.05) < (large ? 3 : 4.5)) faults.push(`${node.tagName} ${node.className} ${style.color} ${node.textContent.trim().slice(0, 30)}`)
          }
          return faults
        }
        """;

    /// <summary>Fields, buttons and links that nothing says the name of.</summary>
    internal const string Nameless =
        """
        () => [...document.querySelectorAll('input:not([type=hidden]):not([hidden]), select, button, a')]
          .filter(node => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim()))
          .map(node => node.outerHTML)
        """;

    private async Task SignInAsync(IPage page, Actor actor)
    {
        await page.GotoAsync($"{pds.Url}/sign-in");
        await page.FillAsync("#identifier", actor.Handle);
        await page.FillAsync("#password", actor.Password);
        await page.ClickAsync("button.primary");
        await page.WaitForURLAsync($"{pds.Url}{actor.PageOf()}");
    }
}
