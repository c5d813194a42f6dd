using Microsoft.Playwright;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>Passkeys in a real browser, with the authenticator that its developer tools have.</summary>
public sealed class PasskeyBrowserTests(PdsFixture pds, Chromium chromium) : IClassFixture<PdsFixture>, IClassFixture<Chromium>
{
    [ChromiumFact]
    public async Task One_is_made_signs_in_alone_and_beside_the_password_and_goes()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync();
        var refused = new List<string>();
        page.Console += (_, message) => refused.AddRange(message.Type == "error" ? [message.Text] : []);
        await AddAuthenticatorAsync(page);
        await SignInAsync(page, alice);

        await page.GotoAsync($"{pds.Url}{alice.PageOf("factors")}");
        await page.FillAsync("#proof-passkey", alice.Password);
        await page.ClickAsync("text=Add a passkey");
        await page.FillAsync("#passkey-name", "the one of the test");
        await page.ClickAsync("text=Create the passkey");
        await Assertions.Expect(page.Locator("ul.codes > li")).ToHaveCountAsync(10);
        await Assertions.Expect(page.Locator("text=the one of the test")).ToBeVisibleAsync();

        await SignOutAsync(page, alice);
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForURLAsync($"{pds.Url}{alice.PageOf()}");

        await SignOutAsync(page, alice);
        await FillInAsync(page, alice);
        Assert.Equal("One more step", await page.InnerTextAsync("h1"));
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForURLAsync($"{pds.Url}{alice.PageOf()}");

        await page.GotoAsync($"{pds.Url}{alice.PageOf("factors")}");
        await page.ClickAsync("summary");
        await page.FillAsync("details input[name=proof]", alice.Password);
        await page.ClickAsync("details button");
        await Assertions.Expect(page.Locator("text=The passkey is removed.")).ToBeVisibleAsync();
        (await pds.SignInAsync(alice, alice.Password)).Ok();
        Assert.Empty(refused);
    }

    [ChromiumFact]
    public async Task Without_one_the_page_says_so_and_the_password_goes_on_working()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync();
        await AddAuthenticatorAsync(page);

        await page.GotoAsync($"{pds.Url}/sign-in");
        await page.ClickAsync("text=Sign in with a passkey");
        await Assertions.Expect(page.Locator("[data-failed]")).ToContainTextAsync("did not use a passkey");
        await FillInAsync(page, alice);

        await page.WaitForURLAsync($"{pds.Url}{alice.PageOf()}");
    }

    [ChromiumFact]
    public async Task Without_scripts_nothing_of_it_is_offered()
    {
        var alice = await pds.SignUpAsync();
        var page = await chromium.OpenWindowAsync(scripts: false);

        await page.GotoAsync($"{pds.Url}/sign-in");

        await Assertions.Expect(page.Locator("text=Sign in with a passkey")).ToBeHiddenAsync();
        await SignInAsync(page, alice);
        await page.GotoAsync($"{pds.Url}{alice.PageOf("factors")}");
        await page.FillAsync("#proof-passkey", alice.Password);
        await page.ClickAsync("text=Add a passkey");
        await Assertions.Expect(page.Locator("text=Passkeys need a browser that knows them")).ToBeVisibleAsync();
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private async Task SignInAsync(IPage page, Actor actor)
    {
        await page.GotoAsync($"{pds.Url}/sign-in");
        await FillInAsync(page, actor);
        await page.WaitForURLAsync($"{pds.Url}{actor.PageOf()}");
    }

    private static async Task FillInAsync(IPage page, Actor actor)
    {
        await page.FillAsync("#identifier", actor.Handle);
        await page.FillAsync("#password", actor.Password);
        await page.ClickAsync("form[action='/sign-in'] button");
    }

    private async Task SignOutAsync(IPage page, Actor actor)
    {
        await page.GotoAsync($"{pds.Url}{actor.PageOf()}");
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.GotoAsync($"{pds.Url}/sign-in");
    }
}
