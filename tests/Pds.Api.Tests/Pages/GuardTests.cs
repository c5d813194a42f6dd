using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class GuardTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    public static TheoryData<string> PublicPages => ["/sign-in", "/sign-up", "/forgotten-password", "/reset-password", "/sign-out", "/account", "/oauth/authorize", "/no-such-page"];

    [Theory]
    [MemberData(nameof(PublicPages))]
    public async Task Pages_run_nothing_of_others_are_framed_by_nobody_and_are_kept_nowhere(string path)
    {
        using var browser = pds.NewBrowser();

        var page = await browser.OpenAsync(path);

        AssertGuarded(page);
        Assert.DoesNotContain("<style", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<script(?! src=\"/assets/)", page.Html);
        Assert.DoesNotMatch(" on[a-z]+=", page.Html);
    }

    [Theory]
    [InlineData("")]
    [InlineData("devices")]
    [InlineData("apps")]
    [InlineData("app-passwords")]
    [InlineData("handle")]
    [InlineData("email")]
    [InlineData("password")]
    [InlineData("factors")]
    [InlineData("recovery-key")]
    [InlineData("export")]
    [InlineData("leave")]
    public async Task The_accounts_pages_are_guarded_so_and_are_nobody_elses(string name)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        using var browser = await pds.SignInToPagesAsync(alice);
        using var stranger = pds.NewBrowser();

        AssertGuarded((await browser.OpenAsync(alice.PageOf(name))).Ok());
        Assert.StartsWith("/sign-in?return=", (await browser.OpenAsync(bob.PageOf(name))).Path, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?return=", (await stranger.OpenAsync(alice.PageOf(name))).Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task A_form_of_another_site_does_nothing_even_with_the_right_token(string? site, string? origin)
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        var (action, fields) = (await browser.OpenAsync(alice.PageOf())).FindForm("/sign-out");

        var answer = await browser.PostAsync(action, fields, site, origin);

        Assert.Equal(403, (int)answer.Status);
        Assert.Equal("Not from there", answer.Title);
        Assert.Equal(alice.PageOf(), (await browser.OpenAsync(alice.PageOf())).Ok().Path);
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_anothers_does_nothing()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var other = pds.NewBrowser();
        var anothers = (await other.OpenAsync("/sign-in")).FindForm("/sign-in").Fields.Single(field => field.Name == "csrf");

        var without = await browser.PostAsync("/sign-out", [("account", alice.Did.Value)]);
        var withAnothers = await browser.PostAsync("/sign-out", [("account", alice.Did.Value), anothers]);

        Assert.Equal((400, 400), ((int)without.Status, (int)withAnothers.Status));
        Assert.Contains("Nothing was changed", without.Html, StringComparison.Ordinal);
        Assert.Equal(alice.PageOf(), (await browser.OpenAsync(alice.PageOf())).Ok().Path);
    }

    [Fact]
    public async Task A_form_goes_on_working_after_the_server_was_restarted_and_its_keys_are_sealed()
    {
        await using var server = new RestartedServer();
        await server.InitializeAsync();
        var alice = await server.SignUpAsync();
        using var browser = await server.SignInToPagesAsync(alice);
        var page = await browser.OpenAsync(alice.PageOf("password"));

        await server.RestartAsync();

        Assert.Equal("Your password is changed, and you are signed out everywhere else.", (await browser.SubmitAsync(page, "", ("proof", alice.Password), ("password", "a longer password"))).Ok().Told);
        var keys = Directory.GetFiles(Path.Combine(server.Data.FullName, "page-keys"));
        Assert.NotEmpty(keys);
        Assert.All(keys, file => Assert.DoesNotContain("masterKey", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_for_scripts_and_other_sites()
    {
        using var browser = pds.NewBrowser();
        var alice = await pds.SignUpAsync();
        var form = await browser.OpenAsync("/sign-in");
        var (action, fields) = form.FindForm("/sign-in");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var request = new HttpRequestMessage(HttpMethod.Post, pds.Url + action)
        {
            Content = new FormUrlEncodedContent(fields.Concat([("identifier", alice.Handle), ("password", alice.Password)]).DistinctBy(field => field.Item1)
                .Select(field => KeyValuePair.Create(field.Item1, field.Item1 switch { "identifier" => alice.Handle, "password" => alice.Password, _ => field.Item2 }))),
        };
        request.Headers.Add("Cookie", $"csrf-{new Uri(pds.Url).Port}={browser["csrf"]}");

        using var answer = await http.SendAsync(request);

        Assert.Equal(302, (int)answer.StatusCode);
        var device = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("device-", StringComparison.Ordinal));
        Assert.Contains("httponly", device, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", device, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", device, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Programs_are_told_in_a_line_that_something_is_not_there_and_people_on_a_page()
    {
        using var browser = pds.NewBrowser();

        var program = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/no-such-page"));
        var person = await browser.OpenAsync("/no-such-page");

        Assert.Equal((404, "Cannot GET /no-such-page"), ((int)program.Status, program.Text));
        Assert.Equal((404, "There is nothing here"), ((int)person.Status, person.Title));
        Assert.Equal(404, (int)(await browser.OpenAsync("/account/nonsense")).Status);
        Assert.Equal(404, (int)(await browser.OpenAsync("/error")).Status);
    }

    [Fact]
    public async Task A_form_that_is_far_too_large_is_not_read()
    {
        using var browser = pds.NewBrowser();
        var (action, fields) = (await browser.OpenAsync("/sign-in")).FindForm("/sign-in");

        var answer = await browser.PostAsync(action, fields.Append(("more", new string('x', 100_000))));

        Assert.True((int)answer.Status is 400 or 413, $"{(int)answer.Status}");
    }

    private static void AssertGuarded(PageAnswer page)
    {
        var policy = page.Headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers["X-Frame-Options"]);
        Assert.Equal("same-origin", page.Headers["Cross-Origin-Opener-Policy"]);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Equal("same-origin", page.Headers["Referrer-Policy"]);
        Assert.DoesNotContain("Access-Control-Allow-Origin", page.Headers.Keys);
    }

    private sealed class RestartedServer : PdsFixture, IAsyncDisposable
    {
        private readonly int _port = Ports.FindFree();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Service:Port"] = $"{_port}" };

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
