using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class SignInTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    [Fact]
    public async Task Leads_to_the_account_by_handle_by_address_and_by_DID()
    {
        var alice = await pds.SignUpAsync();

        foreach (var identifier in new[] { alice.Handle, $"@{alice.Handle}", alice.Email, alice.Did.Value })
        {
            using var browser = pds.NewBrowser();
            var page = (await browser.SignInAsync(identifier, alice.Password)).Ok();
            Assert.Equal(alice.PageOf(), page.Path);
            Assert.Contains($"@{alice.Handle}", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Says_the_same_of_a_wrong_password_and_of_nobodys_account_and_keeps_no_browser()
    {
        var alice = await pds.SignUpAsync();
        using var browser = pds.NewBrowser();

        var wrong = await browser.SignInAsync(alice.Handle, "not her password");
        var nobody = await browser.SignInAsync("nobody.test", "not her password");

        Assert.Equal((401, "That handle or address and that password do not belong together."), ((int)wrong.Status, wrong.Refusal));
        Assert.Equal((wrong.Status, wrong.Refusal), (nobody.Status, nobody.Refusal));
        Assert.Null(browser["device"]);
    }

    [Fact]
    public async Task App_passwords_are_for_apps()
    {
        var alice = await pds.SignUpAsync();
        using var browser = pds.NewBrowser();

        var page = await browser.SignInAsync(alice.Handle, await alice.CreateAppPasswordAsync());

        Assert.Contains("app password", page.Refusal, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.OpenAsync(alice.PageOf())).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_taken_down_is_told_so_by_its_password_only()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);
        using var browser = pds.NewBrowser();

        Assert.Contains("taken down", (await browser.SignInAsync(alice.Handle, alice.Password)).Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("taken down", (await browser.SignInAsync(alice.Handle, "wrong")).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_code_of_an_authenticator_app_in_a_second_step_once()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        pds.Time.Advance(TimeSpan.FromMinutes(1));
        using var browser = pds.NewBrowser();

        var second = (await browser.SignInAsync(alice.Handle, alice.Password)).Ok();
        Assert.StartsWith("/sign-in", (await browser.OpenAsync(alice.PageOf())).Path, StringComparison.Ordinal);
        Assert.DoesNotContain(alice.Password, second.Html, StringComparison.Ordinal);

        var wrong = await browser.SubmitAsync(second, "handler=factor", ("code", app.WrongCodeAt(pds.Time.GetUtcNow())));
        Assert.Equal("That code is not right.", wrong.Refusal);
        Assert.Equal(alice.PageOf(), (await browser.SubmitAsync(wrong, "handler=factor", ("code", app.CodeAt(pds.Time.GetUtcNow())))).Ok().Path);

        using var other = pds.NewBrowser();
        var again = await other.SignInAsync(alice.Handle, alice.Password);
        Assert.NotEmpty((await other.SubmitAsync(again, "handler=factor", ("code", app.CodeAt(pds.Time.GetUtcNow())))).Refusal);
        Assert.Equal(alice.PageOf(), (await other.SubmitAsync(again, "handler=factor", ("code", app.BackupCodes[0]))).Ok().Path);
    }

    [Fact]
    public async Task Takes_the_code_that_was_mailed()
    {
        var alice = await pds.SignUpAsync();
        await pds.UseMailFactorAsync(alice);
        using var browser = pds.NewBrowser();

        var second = (await browser.SignInAsync(alice.Handle, alice.Password)).Ok();

        Assert.Equal(alice.PageOf(), (await browser.SubmitAsync(second, "handler=factor", ("code", pds.Mail.LastCode<Letter.SignIn>(alice)))).Ok().Path);
    }

    [Fact]
    public async Task The_second_step_ends_after_ten_minutes_with_another_password_and_with_a_ticket_that_was_changed()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        using var browser = pds.NewBrowser();
        var second = (await browser.SignInAsync(alice.Handle, alice.Password)).Ok();
        var ticket = second.FindForm("handler=factor").Fields.Single(field => field.Name == "ticket").Value;

        var forged = await browser.SubmitAsync(second, "handler=factor", ("code", app.BackupCodes[0]), ("ticket", ticket[..^4] + "AAAA"));
        Assert.Contains("too old", forged.Refusal, StringComparison.Ordinal);

        await pds.Admin.PostAsync("com.atproto.admin.updateAccountPassword", new { did = alice.Did.Value, password = "another password" });
        var changed = await browser.SubmitAsync(second, "handler=factor", ("code", app.BackupCodes[0]));
        Assert.Equal(401, (int)changed.Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/account\\evil.example")]
    [InlineData("/accountevil.example")]
    [InlineData("/xrpc/com.atproto.server.getSession")]
    [InlineData("javascript:alert(1)")]
    public async Task Leads_nowhere_but_to_pages_that_need_it(string target)
    {
        var alice = await pds.SignUpAsync();
        using var browser = pds.NewBrowser();
        var form = await browser.OpenAsync($"/sign-in?return={Uri.EscapeDataString(target)}");

        var page = await browser.SubmitAsync(form, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password), ("return", target));

        Assert.Equal(alice.PageOf(), page.Ok().Path);
    }

    [Fact]
    public async Task Leads_back_to_the_page_that_asked_for_it()
    {
        var alice = await pds.SignUpAsync();
        using var browser = pds.NewBrowser();

        var form = (await browser.OpenAsync(alice.PageOf("devices"))).Ok();
        Assert.Equal("Sign in", form.Title);
        var page = await browser.SubmitAsync(form, "/sign-in", ("identifier", alice.Handle), ("password", alice.Password));

        Assert.Equal(alice.PageOf("devices"), page.Ok().Path);
    }

    [Fact]
    public async Task Guesses_are_counted_with_those_by_the_method()
    {
        await using var limited = new LimitedServer();
        await limited.InitializeAsync();
        var alice = await limited.SignUpAsync();
        using var browser = limited.NewBrowser();

        for (var i = 0; i < 30; i++) await limited.SignInAsync(alice, new string('x', 600)); // not hashed, so quick
        var page = await browser.SignInAsync(alice.Handle, alice.Password);

        Assert.Equal(429, (int)page.Status);
        Assert.StartsWith("Too many attempts", page.Refusal, StringComparison.Ordinal);
        Assert.True(int.Parse(page.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task Who_asks_for_far_too_much_is_told_so_on_a_page()
    {
        await using var limited = new LimitedServer();
        await limited.InitializeAsync();
        using var browser = limited.NewBrowser();

        await Parallel.ForAsync(0, 3000, async (_, _) => await limited.Anyone.GetAsync("com.atproto.server.describeServer"));
        var page = await browser.OpenAsync("/sign-in");

        Assert.Equal((429, "Too many requests"), ((int)page.Status, page.Title));
        Assert.Contains("Retry-After", page.Headers.Keys);
    }

    private sealed class LimitedServer : PdsFixture, IAsyncDisposable
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:RateLimits:Enabled"] = "true" };

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
