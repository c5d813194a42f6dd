using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>The steps of a user through <c>/oauth/authorize</c>, by forms.</summary>
internal static class AuthorizeSteps
{
    public const string Callback = "https://app.example.com/callback";

    public static string AddressOf(OAuthClient client, string request) => $"/oauth/authorize?client_id={Uri.EscapeDataString(client.Id)}&request_uri={Uri.EscapeDataString(request)}";

    public static async Task<string> AddressAsync(OAuthClient client, string scope = "atproto", params (string Name, string? Value)[] changes) => AddressOf(client, await client.PushAsync(scope, changes));

    /// <summary>Goes as far as the question whether the app may.</summary>
    public static async Task<PageAnswer> ConsentAsync(PageBrowser browser, OAuthClient client, Actor owner, string scope = "atproto", params (string Name, string? Value)[] changes) =>
        await ConsentAsync(browser, await AddressAsync(client, scope, changes), owner);

    public static async Task<PageAnswer> ConsentAsync(PageBrowser browser, string address, Actor owner)
    {
        var page = await browser.OpenAsync($"{address}&account={owner.Did}");
        Assert.Equal("Let this app in?", page.Ok().Title);
        return page;
    }

    public static string LinkOf(PageAnswer choice, Actor account) => Link(choice, $"account={Uri.EscapeDataString(account.Did.Value)}");

    /// <summary>The link on a page whose address has this in it.</summary>
    public static string Link(PageAnswer page, string part) =>
        Regex.Matches(page.Html, " href=\"([^\"]*)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    public static Answer WayBack(PageAnswer page)
    {
        Assert.Equal("Back to the app", page.Ok().Title);
        var refresh = Regex.Match(page.Html, "http-equiv=\"refresh\" content=\"0; url=([^\"]*)\"");
        var address = WebUtility.HtmlDecode(refresh.Groups[1].Value);
        Assert.Equal(address, Link(page, "/callback"));
        return new Answer(address);
    }

    /// <summary>Where a browser is redirected that nobody was asked anything in.</summary>
    public static Answer Redirect(PageAnswer page)
    {
        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        return new Answer(page.Headers["Location"]);
    }

    /// <summary>An answer to the client.</summary>
    internal sealed record Answer(string Address)
    {
        public string? this[string name] => HttpUtility.ParseQueryString(Address[(Address.IndexOfAny(['?', '#']) + 1)..])[name];
    }
}
