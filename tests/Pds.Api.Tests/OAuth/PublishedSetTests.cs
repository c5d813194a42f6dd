using System.Net;
using Pds.Domain.Syntax;
using Pds.TestKit;
using static Pds.Api.Tests.Pages.AuthorizeSteps;

namespace Pds.Api.Tests.OAuth;

/// <summary>Apps that ask for a permission set that its authority publishes on the network: a name in DNS, a DID, and a record with its proof.</summary>
public sealed class PublishedSetTests(LexiconNetworkPds pds) : IClassFixture<LexiconNetworkPds>
{
    private const string Things = """{"resource":"repo","collection":["com.example.thing"]}""";
    private const string Calls = """{"resource":"rpc","lxm":["com.example.getThing"],"inheritAud":true}""";
    private const string Aud = "?aud=did:web:api.example.com%23svc";

    private static int _sets;

    [Fact]
    public async Task Is_shown_with_the_words_of_its_author_and_lets_the_app_do_what_it_lists()
    {
        var (set, alice) = (NewSet(Things, Calls), await pds.SignUpAsync());
        var (app, scope) = NewApp(set, Aud);
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = await ConsentAsync(browser, app, alice, scope);
        var html = WebUtility.HtmlDecode(consent.Html);
        Assert.Contains($"The permissions of {set}, at api.example.com (svc)", html, StringComparison.Ordinal);
        Assert.Contains("Its author says: “All of it: So it is”", html, StringComparison.Ordinal);
        Assert.Contains("Create, change and delete public records of these kinds: com.example.thing", html, StringComparison.Ordinal);
        var tokens = (await app.ExchangeAsync(WayBack(await browser.SubmitAsync(consent, "handler=accept"))["code"]!)).Ok();

        Assert.Equal($"atproto repo:com.example.thing rpc:com.example.getThing{Aud}", tokens.GetProperty("scope").GetString());
        (await CreateAsync(app, alice, "com.example.thing")).Ok();
        (await CreateAsync(app, alice, "com.example.other")).Refused(403, "ScopeMissingError");
        Assert.Contains($"The permissions of {set}", (await browser.OpenAsync(alice.PageOf("apps"))).Ok().Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Can_be_left_out_by_the_user()
    {
        var (set, alice) = (NewSet(Things), await pds.SignUpAsync());
        var (app, scope) = NewApp(set, more: " transition:email");
        using var browser = await pds.SignInToPagesAsync(alice);

        var consent = await ConsentAsync(browser, app, alice, scope);
        var code = WayBack(await browser.SubmitAsync(consent, "handler=accept", ("scope", "atproto"), ("scope", "transition:email")))["code"]!;

        Assert.Equal("atproto transition:email", (await app.ExchangeAsync(code)).Ok().GetProperty("scope").GetString());
        (await CreateAsync(app, alice, "com.example.thing")).Refused(403, "ScopeMissingError");
    }

    [Fact]
    public async Task Is_shown_in_a_language_of_the_reader_and_as_text_and_not_as_markup()
    {
        var alice = await pds.SignUpAsync();
        var set = NewSet();
        pds.Authority.Publish(set, """{"type":"permission-set","title":"All","title:lang":{"de":"<b>Alles</b>"},"detail":"<script>alert(1)</script>","permissions":[]}""");
        var (app, scope) = NewApp(set);
        using var browser = await pds.SignInToPagesAsync(alice);

        var german = (await ConsentAsync(browser, app, alice, scope, ("ui_locales", "fr de-CH"))).Html;
        var request = new HttpRequestMessage(HttpMethod.Get, $"{await AddressAsync(app, scope)}&account={alice.Did}");
        request.Headers.Add("Accept-Language", "en;q=0.5, de;q=0.9");
        var byBrowser = (await browser.SendAsync(request)).Html;
        var other = (await ConsentAsync(browser, app, alice, scope, ("ui_locales", "fr"))).Html;

        Assert.Contains("“&lt;b&gt;Alles&lt;/b&gt;: &lt;script&gt;alert(1)&lt;/script&gt;”", german.Replace("&#x201C;", "“", StringComparison.Ordinal).Replace("&#x201D;", "”", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Alles", byBrowser, StringComparison.Ordinal);
        Assert.DoesNotContain("Alles", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grants_calls_of_the_service_that_the_app_names_and_of_none_where_it_names_none()
    {
        var (set, alice) = (NewSet(Calls, """{"resource":"rpc","lxm":["com.example.getOther"],"aud":"*"}"""), await pds.SignUpAsync());

        Assert.Equal($"atproto rpc:com.example.getThing{Aud} rpc:com.example.getOther?aud=*", await GrantAsync(alice, set, Aud));
        Assert.Equal("atproto rpc:com.example.getOther?aud=*", await GrantAsync(alice, set));
    }

    [Fact]
    public async Task Grants_nothing_that_is_not_its_authority_s_to_give_or_is_not_understood()
    {
        var alice = await pds.SignUpAsync();
        var set = NewSet(
            """{"resource":"repo","collection":["app.bsky.feed.post"]}""", """{"resource":"repo","collection":["*"]}""", """{"resource":"blob","accept":["*/*"]}""",
            """{"resource":"account","attr":"email","action":"manage"}""", """{"resource":"identity","attr":"*"}""", """{"resource":"future","what":[1,2]}""",
            """{"resource":"rpc","lxm":["*"],"aud":"*"}""", """{"resource":"rpc","lxm":["com.atproto.server.deleteAccount"],"aud":"*"}""", """{"resource":"include","nsid":"com.example.other"}""", Things);

        Assert.Equal("atproto repo:com.example.thing", await GrantAsync(alice, set));
    }

    [Fact]
    public async Task That_is_too_large_cannot_be_had()
    {
        var document = NewSet(Enumerable.Range(0, 10_000).Select(i => $"{{\"resource\":\"repo\",\"collection\":[\"com.example.collection{i}\"]}}"));
        var grant = NewSet(Enumerable.Range(0, 2_500).Select(i => $"{{\"resource\":\"repo\",\"collection\":[\"com.example.collection{i}\"]}}"));

        await RefusesAsync(document, $"Could not resolve Lexicon for NSID ({document})");
        await RefusesAsync(grant, "The permission sets hold too much");
    }

    [Fact]
    public async Task Must_be_one()
    {
        var record = NewSet();
        pds.Authority.Publish(record, """{"type":"record","key":"tid","record":{"type":"object","properties":{}}}""");

        await RefusesAsync(record, $"Could not resolve Lexicon for NSID ({record})");
    }

    [Fact]
    public async Task Must_be_signed_by_its_authority_and_in_its_repo()
    {
        var (key, set) = (pds.Authority.Key, NewSet(Things));
        pds.Authority.Key = LexiconAuthority.NewKey();
        await RefusesAsync(set, $"Could not resolve Lexicon for NSID ({set})");
        pds.Authority.Key = key;

        set = NewSet(Things);
        pds.Authority.Repo = Did.Parse("did:plc:44ybard66vv44zksje25o7dz");
        await RefusesAsync(set, $"Could not resolve Lexicon for NSID ({set})");
        pds.Authority.Repo = LexiconAuthority.Did;

        set = NewSet(Things);
        pds.Authority.Texts = [];
        await RefusesAsync(set, $"Could not resolve Lexicon for NSID ({set})");
        pds.Authority.Texts = [$"did={LexiconAuthority.Did}"];

        Assert.Equal("atproto repo:com.example.thing", await GrantAsync(await pds.SignUpAsync(), NewSet(Things)));
    }

    [Fact]
    public async Task That_has_changed_is_what_fresh_tokens_are_good_for_a_day_later()
    {
        var (set, alice) = (NewSet(Things), await pds.SignUpAsync());
        var (app, scope) = NewApp(set);
        await pds.SignInAsync(app, alice, scope);
        pds.Authority.PublishSet(set, """{"resource":"repo","collection":["com.example.other"]}""");

        pds.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("atproto repo:com.example.thing", ScopeOf(await app.RefreshAsync()));
        pds.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("atproto repo:com.example.other", ScopeOf(await app.RefreshAsync()));

        (await CreateAsync(app, alice, "com.example.other")).Ok();
        (await CreateAsync(app, alice, "com.example.thing")).Refused(403, "ScopeMissingError");
    }

    [Fact]
    public async Task Whose_authority_is_away_stays_as_it_was_for_who_has_it_and_for_who_asks_for_it()
    {
        var (set, alice) = (NewSet(Things), await pds.SignUpAsync());
        var (app, scope) = NewApp(set);
        await pds.SignInAsync(app, alice, scope);

        pds.Authority.Status = 500;
        pds.Time.Advance(TimeSpan.FromDays(2));
        var refreshed = await app.RefreshAsync();
        var asked = await GrantAsync(await pds.SignUpAsync(), set);
        pds.Authority.Status = 200;

        Assert.Equal(("atproto repo:com.example.thing", "atproto repo:com.example.thing"), (ScopeOf(refreshed), asked));
    }

    private static string? ScopeOf(XrpcAnswer answer) => answer.Ok().GetProperty("scope").GetString();

    private static Task<XrpcAnswer> CreateAsync(OAuthClient app, Actor user, string collection) =>
        app.PostAsync("com.atproto.repo.createRecord", new { repo = user.Did.Value, collection, record = new { text = "by an app" } });

    private string NewSet(params IEnumerable<string> permissions)
    {
        var name = $"com.example.auth{Interlocked.Increment(ref _sets)}";
        pds.Authority.PublishSet(name, permissions);
        return name;
    }

    private (OAuthClient App, string Scope) NewApp(string set, string aud = "", string more = "")
    {
        var scope = $"atproto include:{set}{aud}{more}";
        return (pds.NewClient(document => document["scope"] = scope), scope);
    }

    private async Task<string?> GrantAsync(Actor user, string set, string aud = "")
    {
        var (app, scope) = NewApp(set, aud);
        return ScopeOf(await app.ExchangeAsync(await pds.AuthorizeAsync(app, user, await app.PushAsync(scope))));
    }

    private async Task RefusesAsync(string set, string description)
    {
        var (app, scope) = NewApp(set);
        Assert.Equal(description, (await app.ParAsync(("scope", scope))).Refused(400, "invalid_scope").Json.GetProperty("error_description").GetString());
    }
}
