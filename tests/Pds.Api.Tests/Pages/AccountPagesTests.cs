using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts.Factors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class AccountPagesTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Another = "another password";

    [Fact]
    public async Task Another_password_ends_every_session_but_this_browsers()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var other = await pds.SignInToPagesAsync(alice);

        pds.Time.Advance(TimeSpan.FromSeconds(2));
        var page = await browser.SubmitAsync(alice, "password", "", ("proof", alice.Password), ("password", Another));

        Assert.Equal("Your password is changed, and you are signed out everywhere else.", page.Ok().Told);
        Assert.Equal(alice.PageOf(), (await browser.OpenAsync(alice.PageOf())).Path);
        Assert.StartsWith("/sign-in", (await other.OpenAsync(alice.PageOf())).Path, StringComparison.Ordinal);
        (await alice.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken");
        (await pds.SignInAsync(alice, Another)).Ok();
    }

    [Theory]
    [InlineData("password", "", "That password or code is not right.")]
    [InlineData("devices", "handler=everywhere", "That password or code is not right.")]
    [InlineData("factors", "handler=begin", "That password or code is not right.")]
    [InlineData("app-passwords", "handler=create", "That password or code is not right.")]
    [InlineData("email", "handler=change", "That password or code is not right.")]
    [InlineData("leave", "handler=deactivate", "That password or code is not right.")]
    public async Task What_a_borrowed_browser_must_not_do_takes_the_password_again(string name, string form, string refusal)
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = await browser.SubmitAsync(
            alice, name, form, ("proof", "not hers"), ("password", Another), ("name", "an app"), ("email", "other@example.org"));

        Assert.Equal((401, refusal), ((int)page.Status, page.Refusal));
        (await pds.SignInAsync(alice, alice.Password)).Ok();
        var session = (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        Assert.Equal((alice.Email, true), (session.GetProperty("email").GetString(), session.GetProperty("active").GetBoolean()));
    }

    [Fact]
    public async Task The_address_of_a_form_shows_the_page_when_it_is_loaded_again()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = (await browser.OpenAsync($"{alice.PageOf("devices")}?handler=everywhere")).Ok();

        Assert.Contains("This browser", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_password_is_refused()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = await browser.SubmitAsync(alice, "password", "", ("proof", alice.Password), ("password", "short"));

        Assert.Equal("Use at least 8 characters for a password.", page.Refusal);
    }

    [Fact]
    public async Task An_authenticator_app_is_set_up_by_picture_and_its_backup_codes_are_shown_once()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var begun = (await browser.SubmitAsync(alice, "factors", "handler=begin", ("proof", alice.Password))).Ok();
        Assert.Contains("<svg", begun.Html, StringComparison.Ordinal);
        var uri = begun.FindForm("handler=confirm").Fields.Single(field => field.Name == "link").Value;
        var app = new AuthenticatorApp(new BeginTotp.Output(Secret.Of("of the page"), Secret.Of(uri)));

        var mistyped = await browser.SubmitAsync(begun, "handler=confirm", ("code", app.WrongCodeAt(pds.Time.GetUtcNow())));
        Assert.Equal("That code is not right.", mistyped.Refusal);
        Assert.Contains("<svg", mistyped.Html, StringComparison.Ordinal);
        var done = (await browser.SubmitAsync(mistyped, "handler=confirm", ("code", app.CodeAt(pds.Time.GetUtcNow())))).Ok();

        var codes = Regex.Matches(done.Html, "<li><code>([a-z0-9-]{19})</code></li>").Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(10, codes.Length);
        Assert.DoesNotContain(codes[0], (await browser.OpenAsync(alice.PageOf("factors"))).Html, StringComparison.Ordinal);
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthFactorTokenRequired");
        (await pds.SignInAsync(alice, alice.Password, codes[0])).Ok();

        var renewed = (await browser.SubmitAsync(alice, "factors", "handler=codes", ("proof", codes[1]))).Ok();
        Assert.DoesNotContain(codes[2], renewed.Html, StringComparison.Ordinal);
        (await browser.SubmitAsync(alice, "factors", "handler=remove", ("proof", alice.Password))).Ok();
        (await pds.SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task Codes_by_mail_are_turned_on_and_off()
    {
        var alice = await pds.SignUpAsync();
        await pds.ConfirmEmailAsync(alice);
        using var browser = await pds.SignInToPagesAsync(alice);

        (await browser.SubmitAsync(alice, "factors", "handler=mailOn", ("proof", alice.Password))).Ok();
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthFactorTokenRequired");

        var page = (await browser.SubmitAsync(alice, "factors", "handler=code")).Ok();
        Assert.StartsWith("A code is on its way", page.Told, StringComparison.Ordinal);
        (await browser.SubmitAsync(page, "handler=mailOff", ("code", pds.Mail.LastCode<Letter.UpdateEmail>(alice)))).Ok();
        (await pds.SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task An_address_is_confirmed_and_changed_by_the_codes_that_are_mailed()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = (await browser.SubmitAsync(alice, "email", "handler=confirmation")).Ok();
        page = (await browser.SubmitAsync(page, "handler=confirm", ("code", pds.Mail.LastCode<Letter.ConfirmEmail>(alice)))).Ok();
        Assert.Equal("Your email address is confirmed.", page.Told);

        page = (await browser.SubmitAsync(page, "handler=code")).Ok();
        var wrong = await browser.SubmitAsync(page, "handler=change", ("email", $"new.{alice.Email}"), ("code", "AAAAA-AAAAA"), ("proof", alice.Password));
        Assert.Equal("That code is not right.", wrong.Refusal);
        page = (await browser.SubmitAsync(
            wrong, "handler=change", ("email", $"new.{alice.Email}"), ("code", pds.Mail.LastCode<Letter.UpdateEmail>(alice)), ("proof", alice.Password))).Ok();

        Assert.Contains($"new.{alice.Email}", page.Html, StringComparison.Ordinal);
        Assert.Contains("Not confirmed", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_password_is_shown_once_works_and_is_revoked()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var page = (await browser.SubmitAsync(alice, "app-passwords", "handler=create", ("name", "<b>my app</b>"), ("proof", alice.Password))).Ok();
        var password = Regex.Match(page.Html, "<code>([a-z0-9-]{19})</code>").Groups[1].Value;
        Assert.DoesNotContain("<b>my app", page.Html, StringComparison.Ordinal);
        (await pds.SignInAsync(alice, password)).Ok();
        Assert.DoesNotContain(password, (await browser.OpenAsync(alice.PageOf("app-passwords"))).Html, StringComparison.Ordinal);

        (await browser.SubmitAsync(alice, "app-passwords", "handler=revoke")).Ok();
        (await pds.SignInAsync(alice, password)).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task A_handle_of_this_server_is_checked_and_taken()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        using var browser = await pds.SignInToPagesAsync(alice);

        var taken = (await browser.OpenAsync($"{alice.PageOf("handle")}?handle={bob.Handle}")).Ok();
        Assert.Contains("Somebody else has this handle.", taken.Html, StringComparison.Ordinal);
        Assert.Contains("too short", (await browser.OpenAsync($"{alice.PageOf("handle")}?handler=check&handle=ab.test")).Html, StringComparison.Ordinal);

        var free = (await browser.OpenAsync($"{alice.PageOf("handle")}?handle=NEW{alice.Handle}")).Ok();
        var done = (await browser.SubmitAsync(free, "/handle")).Ok();

        Assert.Equal("Your handle is changed. Apps may show the old one for a while.", done.Told);
        Assert.Equal($"new{alice.Handle}", (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
    }

    [Fact]
    public async Task The_account_is_switched_off_and_on_again()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var off = (await browser.SubmitAsync(alice, "leave", "handler=deactivate", ("proof", alice.Password))).Ok();
        Assert.Equal((alice.PageOf(), "Your account is switched off."), (off.Path, off.Told));
        Assert.False((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());

        (await browser.SubmitAsync(off, "handler=activate")).Ok();
        Assert.True((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task The_account_is_deleted_by_code_password_and_a_tick()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        var page = (await browser.SubmitAsync(alice, "leave", "handler=code")).Ok();
        var code = pds.Mail.LastCode<Letter.DeleteAccount>(alice);

        Assert.StartsWith("Tick that", (await browser.SubmitAsync(page, "handler=delete", ("code", code), ("password", alice.Password))).Refusal, StringComparison.Ordinal);
        Assert.Equal("That password is not right.", (await browser.SubmitAsync(page, "handler=delete", ("code", code), ("password", "x"), ("sure", "true"))).Refusal);
        var gone = (await browser.SubmitAsync(page, "handler=delete", ("code", code), ("password", alice.Password), ("sure", "true"))).Ok();

        Assert.Equal("Your account is deleted.", gone.Told);
        Assert.StartsWith("/sign-in", gone.Path, StringComparison.Ordinal);
        (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Records_come_as_a_CAR_and_files_as_a_ZIP()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("a file"u8.ToArray());
        (await alice.CreateRecordAsync(new Dictionary<string, object> { ["$type"] = "com.example.file", ["file"] = blob }, "com.example.file")).Ok();
        using var browser = await pds.SignInToPagesAsync(alice);
        Assert.Contains("Download records", (await browser.OpenAsync(alice.PageOf("export"))).Ok().Html, StringComparison.Ordinal);

        var car = await browser.OpenAsync($"{alice.PageOf("export")}?handler=repo");
        var zip = await browser.OpenAsync($"{alice.PageOf("export")}?handler=blobs");

        Assert.Equal(("application/vnd.ipld.car", $"attachment; filename={alice.Handle}.car"), (car.Headers["Content-Type"], car.Headers["Content-Disposition"].Replace("\"", "", StringComparison.Ordinal)));
        Assert.Equal((await alice.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Body, car.Body);
        await using var archive = new ZipArchive(new MemoryStream(zip.Body));
        var entry = Assert.Single(archive.Entries);
        Assert.Equal(blob.GetProperty("ref").GetProperty("$link").GetString(), entry.Name);
        using var reader = new StreamReader(await entry.OpenAsync());
        Assert.Equal("a file", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_key_of_the_users_own_goes_above_the_servers_and_away_again()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        var key = pds.Services.GetRequiredService<IKeyFactory>().Import(PrivateKey.Generate(Curve.P256)).PublicKey.ToString();
        var page = (await browser.SubmitAsync(alice, "recovery-key", "handler=code")).Ok();
        (string, string)[] Filled() => [("key", key), ("code", pds.Mail.LastCode<Letter.PlcOperation>(alice)), ("proof", alice.Password)];

        page = (await browser.SubmitAsync(page, "handler=add", Filled())).Ok();

        Assert.Equal("Your key is the first of your identity now.", page.Told);
        Assert.Equal(key, await FirstKeyAsync(alice));
        page = (await browser.SubmitAsync(page, "handler=code")).Ok();
        (await browser.SubmitAsync(page, "handler=remove", Filled())).Ok();
        Assert.NotEqual(key, await FirstKeyAsync(alice));
    }

    [Fact]
    public async Task The_servers_own_key_is_not_taken_away()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        var page = (await browser.SubmitAsync(alice, "recovery-key", "handler=code")).Ok();
        var server = await FirstKeyAsync(alice);

        var refused = await browser.SubmitAsync(page, "handler=remove", ("key", server), ("code", pds.Mail.LastCode<Letter.PlcOperation>(alice)), ("proof", alice.Password));

        Assert.NotEmpty(refused.Refusal);
        Assert.Equal(server, await FirstKeyAsync(alice));
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_by_mail_and_ends_what_was_signed_in()
    {
        var alice = await pds.SignUpAsync();
        using var signedIn = await pds.SignInToPagesAsync(alice);
        using var browser = pds.NewBrowser();
        pds.Time.Advance(TimeSpan.FromSeconds(2));

        var asked = (await browser.SubmitAsync(await browser.OpenAsync("/forgotten-password"), "", ("email", alice.Email))).Ok();
        var nobody = (await browser.SubmitAsync(await browser.OpenAsync("/forgotten-password"), "", ("email", "nobody@example.com"))).Ok();
        Assert.Equal((asked.Path, asked.Told), (nobody.Path, nobody.Told));

        var done = (await browser.SubmitAsync(asked, "", ("code", pds.Mail.LastCode<Letter.ResetPassword>(alice)), ("password", Another))).Ok();

        Assert.Equal("Your password is changed. Sign in with the new one.", done.Told);
        Assert.StartsWith("/sign-in", (await signedIn.OpenAsync(alice.PageOf())).Path, StringComparison.Ordinal);
        Assert.Equal(alice.PageOf(), (await browser.SignInAsync(alice.Handle, Another)).Ok().Path);
    }

    private async Task<string> FirstKeyAsync(Actor actor) =>
        (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc/{actor.Did}/data"))).Ok().GetProperty("rotationKeys")[0].GetString()!;
}
