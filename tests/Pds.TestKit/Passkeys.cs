namespace Pds.TestKit;

/// <summary>What tests do with passkeys on the pages of a server.</summary>
public static class Passkeys
{
    /// <summary>An authenticator of somebody who looks at the server's own pages.</summary>
    public static SoftwareAuthenticator NewAuthenticator(this PdsFixture pds) => new(pds.Url);

    /// <summary>Begins to add a passkey: the page that asks the authenticator.</summary>
    public static async Task<PageAnswer> BeginPasskeyAsync(this PageBrowser browser, Actor actor) =>
        (await browser.SubmitAsync(actor, "factors", "handler=passkey", ("proof", actor.Password))).Ok();

    /// <summary>Adds one.</summary>
    public static async Task<PageAnswer> AddPasskeyAsync(this PageBrowser browser, Actor actor, SoftwareAuthenticator authenticator, string name = "my telephone")
    {
        var page = await browser.BeginPasskeyAsync(actor);
        return await browser.SubmitAsync(page, "handler=addPasskey", ("name", name), ("credential", authenticator.Create(page.PasskeyOptions)));
    }

    /// <summary>Signs in by one, on a page that offers it.</summary>
    public static Task<PageAnswer> UsePasskeyAsync(this PageBrowser browser, PageAnswer page, SoftwareAuthenticator authenticator) =>
        browser.SubmitAsync(page, "handler=passkey", ("credential", authenticator.Get(page.PasskeyOptions)));
}
