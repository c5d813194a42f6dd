using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class SignUpTests(SignUpTests.Inviting pds) : IClassFixture<SignUpTests.Inviting>
{
    [Fact]
    public async Task Makes_an_account_by_invitation_and_signs_it_in_with_no_session_beside()
    {
        await pds.InviteAsync("of-the-test");
        using var browser = pds.NewBrowser();
        (string, string)[] fields = [("name", "carol"), ("email", "carol@example.com"), ("password", "a long password")];

        var refused = await browser.SubmitAsync(await browser.OpenAsync("/sign-up"), "/sign-up", [.. fields, ("invite", "wrong")]);
        Assert.Equal("That invite code is not good: it may be mistyped or used up.", refused.Refusal);
        Assert.Contains("value=\"carol\"", refused.Html, StringComparison.Ordinal);
        var page = (await browser.SubmitAsync(refused, "/sign-up", [.. fields, ("invite", "of-the-test")])).Ok();

        Assert.StartsWith("/account/did:plc:", page.Path, StringComparison.Ordinal);
        Assert.Contains("@carol.test", page.Html, StringComparison.Ordinal);
        Assert.Contains("No app is signed in", (await browser.OpenAsync($"{page.Path}/devices")).Ok().Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "dave@example.com", "a long password")]
    [InlineData("da_ve", "dave@example.com", "a long password")]
    [InlineData("dave", "no address", "a long password")]
    [InlineData("dave", "dave@example.com", "short")]
    public async Task Says_what_is_wrong_and_makes_nothing(string name, string email, string password)
    {
        await pds.InviteAsync($"for {name} {email} {password}");
        using var browser = pds.NewBrowser();

        var page = await browser.SubmitAsync(
            await browser.OpenAsync("/sign-up"), "/sign-up", ("name", name), ("email", email), ("password", password), ("invite", $"for {name} {email} {password}"));

        Assert.Equal(400, (int)page.Status);
        Assert.NotEmpty(page.Refusal);
        (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = "dave.test" })).Refused(400, "HandleNotFound");
    }

    public sealed class Inviting : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Invites:Required"] = "true" };
    }
}
