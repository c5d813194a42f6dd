using System.Text.RegularExpressions;
using Pds.Application.Mail;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>Passkeys by what a page's script sends. A real browser's are in <see cref="PasskeyBrowserTests"/>.</summary>
public sealed partial class PasskeyTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string NotAccepted = "That passkey was not accepted. It may have been removed from the account.";

    [GeneratedRegex("<li><code>([a-z0-9-]{19})</code></li>")]
    private static partial Regex BackupCode { get; }

    [Fact]
    public async Task One_that_was_added_signs_in_without_a_name_or_a_password()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using var browser = await pds.SignInToPagesAsync(alice);
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();

        using var other = pds.NewBrowser();
        var page = (await other.UsePasskeyAsync(await other.OpenAsync("/sign-in"), authenticator)).Ok();

        Assert.Equal(alice.PageOf(), page.Path);
        Assert.Contains("my telephone", (await other.OpenAsync(alice.PageOf("factors"))).Html, StringComparison.Ordinal);
        Assert.Contains(pds.Mail.Letters, letter => letter is Letter.FactorChanged { Change: FactorChange.PasskeyAdded } told && told.To == alice.Email);
    }

    [Fact]
    public async Task The_password_is_not_enough_from_then_on_and_backup_codes_are_there_for_when_it_is_lost()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using var browser = await pds.SignInToPagesAsync(alice);
        var codes = BackupCode.Matches((await browser.AddPasskeyAsync(alice, authenticator)).Ok().Html).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(10, codes.Length);

        using var other = pds.NewBrowser();
        var second = (await other.SignInAsync(alice.Handle, alice.Password, remember: false)).Ok();
        Assert.Equal("One more step", second.Title);
        Assert.Equal(alice.PageOf(), (await other.UsePasskeyAsync(second, authenticator)).Ok().Path);

        var refusal = (await pds.SignInAsync(alice, alice.Password)).Refused(401, "AuthFactorTokenRequired");
        Assert.Contains("backup code", refusal.Message, StringComparison.Ordinal);
        (await pds.SignInAsync(alice, alice.Password, codes[0])).Ok();
        (await pds.SignInAsync(alice, alice.Password, codes[0])).Refused(400, "InvalidToken");
        (await pds.SignInAsync(alice, await alice.CreateAppPasswordAsync())).Ok();
        using var third = pds.NewBrowser();
        var page = await third.SubmitAsync(await third.SignInAsync(alice.Handle, alice.Password), "handler=factor", ("code", codes[1]));
        Assert.Equal(alice.PageOf(), page.Ok().Path);
    }

    [Fact]
    public async Task Whoever_has_an_app_as_well_enters_by_either()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using var browser = await pds.SignInToPagesAsync(alice);
        var app = await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());
        var added = (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        Assert.Equal("The passkey is added.", added.Told);
        Assert.Empty(BackupCode.Matches(added.Html)); // those that there are stay good

        using var other = pds.NewBrowser();
        var second = (await other.SignInAsync(alice.Handle, alice.Password)).Ok();
        Assert.Equal(alice.PageOf(), (await other.UsePasskeyAsync(second, authenticator)).Ok().Path);
        pds.Time.Advance(TimeSpan.FromSeconds(Totp.Period));
        (await pds.SignInAsync(alice, alice.Password, app.CodeAt(pds.Time.GetUtcNow()))).Ok();

        (await browser.SubmitAsync(alice, "factors", "handler=remove", ("proof", alice.Password))).Ok();
        (await pds.SignInAsync(alice, alice.Password, app.BackupCodes[1])).Ok();
        (await browser.SubmitAsync(alice, "factors", "handler=removePasskey", ("proof", alice.Password))).Ok();
        (await pds.SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task One_that_was_removed_signs_in_no_more_and_the_owner_is_told()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using var browser = await pds.SignInToPagesAsync(alice);
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        using var other = pds.NewBrowser();
        var page = await other.OpenAsync("/sign-in");

        Assert.NotEmpty((await browser.SubmitAsync(alice, "factors", "handler=removePasskey", ("proof", "wrong"))).Refusal);
        (await browser.SubmitAsync(alice, "factors", "handler=removePasskey", ("proof", alice.Password))).Ok();

        Assert.Equal((401, NotAccepted), await RefusedAsync(other, page, authenticator));
        (await pds.SignInAsync(alice, alice.Password)).Ok();
        Assert.Contains(pds.Mail.Letters, letter => letter is Letter.FactorChanged { Change: FactorChange.PasskeyRemoved } told && told.To == alice.Email);
    }

    [Fact]
    public async Task Nobody_adds_or_removes_one_of_somebody_elses_account()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        using var hers = pds.NewAuthenticator();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var attacker = await pds.SignInToPagesAsync(mallory);
        (await browser.AddPasskeyAsync(alice, hers)).Ok();

        var begun = await browser.BeginPasskeyAsync(alice);
        var theirs = await attacker.BeginPasskeyAsync(mallory);
        using var other = pds.NewAuthenticator();
        var (ticket, credential) = (theirs.FindForm("handler=addPasskey").Fields.Single(field => field.Name == "ticket").Value, other.Create(theirs.PasskeyOptions));
        Assert.Equal(NotAccepted, (await browser.SubmitAsync(begun, "handler=addPasskey", ("name", "x"), ("ticket", ticket), ("credential", credential))).Refusal);

        var id = System.Buffers.Text.Base64Url.EncodeToString(hers.CredentialId);
        var page = await attacker.OpenAsync(mallory.PageOf("factors"));
        await attacker.SubmitAsync(page, "handler=passkey", ("proof", mallory.Password), ("id", id));
        await attacker.PostAsync($"{mallory.PageOf("factors")}?handler=removePasskey", [.. page.FindForm("handler=passkey").Fields, ("proof", mallory.Password), ("id", id)]);
        using var again = pds.NewBrowser();
        Assert.Equal(alice.PageOf(), (await again.UsePasskeyAsync(await again.OpenAsync("/sign-in"), hers)).Ok().Path);
    }

    public static TheoryData<string, Action<SoftwareAuthenticator>> Wrong => new()
    {
        { "another site's page", key => key.Origin = "https://evil.example" },
        { "another port of this host", key => key.Origin = "http://localhost:1" },
        { "in another site's frame", key => key.IsInForeignFrame = true },
        { "for another host", key => key.RpId = "evil.example" },
        { "with nobody there", key => key.IsPresent = false },
        { "without asking who it is", key => key.IsVerified = false },
        { "for another challenge", key => key.Challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        { "as the other ceremony", key => key.Ceremony = "payment.get" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task One_that_was_made_or_used_wrongly_is_refused(string how, Action<SoftwareAuthenticator> spoil)
    {
        Assert.NotEmpty(how);
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var spoilt = pds.NewAuthenticator();
        spoil(spoilt);
        Assert.Equal(NotAccepted, (await browser.AddPasskeyAsync(alice, spoilt)).Refusal);
        (await pds.SignInAsync(alice, alice.Password)).Ok();

        using var authenticator = pds.NewAuthenticator();
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        spoil(authenticator);
        using var other = pds.NewBrowser();
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));
    }

    [Fact]
    public async Task A_wrong_signature_a_strange_key_and_what_is_no_credential_are_refused()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var authenticator = pds.NewAuthenticator();
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        using var other = pds.NewBrowser();

        authenticator.SpoilsSignature = true;
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));

        using var stranger = new SoftwareAuthenticator(pds.Url) { OwnerId = authenticator.OwnerId };
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), stranger));
        using var forger = new SoftwareAuthenticator(pds.Url) { OwnerId = authenticator.OwnerId, CredentialId = authenticator.CredentialId };
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), forger));

        foreach (var nonsense in new[] { "", "null", "{}", "[]", "{\"id\":1}", "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{},\"clientExtensionResults\":{}}", new string('x', 50_000) })
        {
            var page = await other.SubmitAsync(await other.OpenAsync("/sign-in"), "handler=passkey", ("credential", nonsense));
            Assert.Equal((401, NotAccepted), ((int)page.Status, page.Refusal));
            var begun = await browser.BeginPasskeyAsync(alice);
            Assert.Equal(NotAccepted, (await browser.SubmitAsync(begun, "handler=addPasskey", ("name", "x"), ("credential", nonsense))).Refusal);
        }
    }

    [Fact]
    public async Task An_answer_is_good_once_and_for_a_quarter_of_an_hour()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var authenticator = pds.NewAuthenticator();
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        using var other = pds.NewBrowser();
        var page = await other.OpenAsync("/sign-in");
        var answer = authenticator.Get(page.PasskeyOptions);

        (await other.SubmitAsync(page, "handler=passkey", ("credential", answer))).Ok();
        Assert.StartsWith("That took too long, or was sent twice", (await other.SubmitAsync(page, "handler=passkey", ("credential", answer))).Refusal, StringComparison.Ordinal);

        var late = await other.OpenAsync("/sign-in");
        pds.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("That took too long", (await other.UsePasskeyAsync(late, authenticator)).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("That took too long", (await other.SubmitAsync(late, "handler=passkey", ("ticket", "made up"), ("credential", answer))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_step_takes_the_passkeys_of_that_account_only()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        using var hers = pds.NewAuthenticator();
        using var theirs = pds.NewAuthenticator();
        using (var browser = await pds.SignInToPagesAsync(alice)) (await browser.AddPasskeyAsync(alice, hers)).Ok();
        using (var browser = await pds.SignInToPagesAsync(mallory)) (await browser.AddPasskeyAsync(mallory, theirs)).Ok();

        using var other = pds.NewBrowser();
        var second = (await other.SignInAsync(alice.Handle, alice.Password)).Ok();

        Assert.Single(second.PasskeyOptions.GetProperty("allowCredentials").EnumerateArray());
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, second, theirs));
    }

    [Fact]
    public async Task A_copy_that_counts_on_its_own_is_found_out()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var authenticator = pds.NewAuthenticator();
        authenticator.Count = 7;
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        using var other = pds.NewBrowser();

        authenticator.Count = 9;
        (await other.UsePasskeyAsync(await other.OpenAsync("/sign-in"), authenticator)).Ok();
        authenticator.Count = 8;
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));
        authenticator.Count = 9;
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));
    }

    [Fact]
    public async Task Of_many_who_answer_with_one_count_at_once_one_is_let_in()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var authenticator = pds.NewAuthenticator();
        (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        authenticator.Count = 1;

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var other = pds.NewBrowser();
            return await other.UsePasskeyAsync(await other.OpenAsync("/sign-in"), authenticator);
        }));

        Assert.Single(answers, answer => answer.Path == alice.PageOf());
        Assert.All(answers.Where(answer => answer.Path != alice.PageOf()), answer => Assert.Equal(NotAccepted, answer.Refusal));
    }

    [Fact]
    public async Task Of_an_account_that_is_taken_down_it_says_so()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using (var browser = await pds.SignInToPagesAsync(alice)) (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        await pds.TakeDownAsync(alice.Did);
        using var other = pds.NewBrowser();

        Assert.Contains("taken down", (await other.UsePasskeyAsync(await other.OpenAsync("/sign-in"), authenticator)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_has_sixteen_and_each_has_a_name()
    {
        var alice = await pds.SignUpAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        using var first = pds.NewAuthenticator();
        foreach (var name in new[] { " ", new string('x', Passkey.MaxNameLength + 1) })
            Assert.Contains("1 to 64 characters", (await browser.AddPasskeyAsync(alice, first, name)).Refusal, StringComparison.Ordinal);

        (await browser.AddPasskeyAsync(alice, first, "<b>first</b>")).Ok();
        Assert.Equal(NotAccepted, (await browser.AddPasskeyAsync(alice, first)).Refusal); // twice the same
        for (var i = 1; i < Passkey.Most; i++)
        {
            using var authenticator = pds.NewAuthenticator();
            (await browser.AddPasskeyAsync(alice, authenticator, $"number {i}")).Ok();
        }

        var page = await browser.OpenAsync(alice.PageOf("factors"));
        Assert.Contains("&lt;b&gt;first&lt;/b&gt;", page.Html, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => page.FindForm("handler=passkey"));
    }

    [Fact]
    public async Task The_operator_takes_them_away_with_the_other_factors()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using (var browser = await pds.SignInToPagesAsync(alice)) (await browser.AddPasskeyAsync(alice, authenticator)).Ok();

        var removed = (await pds.Admin.PostAsync("local.pds.admin.removeFactors", new { did = alice.Did.Value })).Ok();

        Assert.Equal((false, 1, false), (removed.GetProperty("authenticator").GetBoolean(), removed.GetProperty("passkeys").GetInt32(), removed.GetProperty("email").GetBoolean()));
        (await pds.SignInAsync(alice, alice.Password)).Ok();
        using var other = pds.NewBrowser();
        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));
    }

    [Fact]
    public async Task They_go_with_the_account()
    {
        var alice = await pds.SignUpAsync();
        using var authenticator = pds.NewAuthenticator();
        using (var browser = await pds.SignInToPagesAsync(alice)) (await browser.AddPasskeyAsync(alice, authenticator)).Ok();
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();
        using var other = pds.NewBrowser();

        Assert.Equal((401, NotAccepted), await RefusedAsync(other, await other.OpenAsync("/sign-in"), authenticator));
    }

    private static async Task<(int Status, string Refusal)> RefusedAsync(PageBrowser browser, PageAnswer page, SoftwareAuthenticator authenticator)
    {
        var answer = await browser.UsePasskeyAsync(page, authenticator);
        return ((int)answer.Status, answer.Refusal);
    }
}
