namespace Pds.TestKit;

/// <summary>What tests do most with pages.</summary>
public static class Paging
{
    /// <summary>A new browser.</summary>
    public static PageBrowser NewBrowser(this PdsFixture pds, string userAgent = PageBrowser.Firefox) => new(pds.Url, userAgent);

    /// <summary>Where a page of an account is; its first one without a name.</summary>
    public static string PageOf(this Actor actor, string page = "") => $"/account/{actor.Did}{(page.Length > 0 ? $"/{page}" : "")}";

    /// <summary>A new browser in which somebody has signed in.</summary>
    public static async Task<PageBrowser> SignInToPagesAsync(this PdsFixture pds, Actor actor, bool remember = true)
    {
        var browser = pds.NewBrowser();
        (await browser.SignInAsync(actor.Handle, actor.Password, remember)).Ok();
        return browser;
    }

    /// <summary>Fills in the sign-in form.</summary>
    public static async Task<PageAnswer> SignInAsync(this PageBrowser browser, string identifier, string password, bool remember = true) =>
        await browser.SubmitAsync(
            await browser.OpenAsync("/sign-in"), "/sign-in", ("identifier", identifier), ("password", password), ("remember", remember ? "true" : "false"));

    /// <summary>Opens a page of an account and sends a form of it.</summary>
    public static async Task<PageAnswer> SubmitAsync(this PageBrowser browser, Actor actor, string page, string form, params (string Name, string Value)[] fields) =>
        await browser.SubmitAsync((await browser.OpenAsync(actor.PageOf(page))).Ok(), form, fields);
}
