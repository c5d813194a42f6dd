using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class SearchAccountsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.searchAccounts";

    [Fact]
    public async Task Lists_every_account_page_by_page_oldest_first()
    {
        var people = new List<string>();
        for (var i = 0; i < 5; i++) people.Add((await pds.SignUpAsync("page")).Did.Value);
        (await pds.ModerateAsync(Moderating.Account(Domain.Syntax.Did.Parse(people[2])), Moderating.Applied())).Ok();

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await pds.Admin.GetAsync(Method, new { limit = 2, cursor })).Ok();
            Assert.True(page.GetProperty("accounts").GetArrayLength() <= 2);
            seen.AddRange(DidsOf(page));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(people, seen.Where(people.Contains));
        Assert.Equal(seen.Distinct(), seen);
    }

    [Fact]
    public async Task Finds_an_account_by_its_address_in_any_case()
    {
        var alice = await pds.SignUpAsync();

        var found = (await pds.Admin.GetAsync(Method, new { email = alice.Email.ToUpperInvariant() })).Ok();

        Assert.Equal([alice.Did.Value], DidsOf(found));
        Assert.Equal(alice.Email, found.GetProperty("accounts")[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Finds_everybody_whose_address_contains_the_text()
    {
        var (first, second) = (await pds.SignUpAsync("searched"), await pds.SignUpAsync("searched"));

        Assert.Equal([first.Did.Value, second.Did.Value], DidsOf((await pds.Admin.GetAsync(Method, new { email = "searched" })).Ok()));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("!")]
    [InlineData("' OR 1=1 --")]
    public async Task Takes_every_character_as_itself(string email)
    {
        await pds.SignUpAsync();

        var nobody = (await pds.Admin.GetAsync(Method, new { email })).Ok();

        Assert.Empty(DidsOf(nobody));
        Assert.False(nobody.TryGetProperty("cursor", out _));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1::nobody")]
    [InlineData("99999999999999999::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Refuses_a_cursor_that_is_none(string cursor) =>
        Assert.Equal("Malformed cursor", (await pds.Admin.GetAsync(Method, new { cursor })).Refused(400, "InvalidRequest").Message);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Refuses_a_page_that_is_too_small_or_too_large(int limit) => (await pds.Admin.GetAsync(Method, new { limit })).Refused(400, "InvalidRequest");

    private static IEnumerable<string> DidsOf(JsonElement page) =>
        page.GetProperty("accounts").EnumerateArray().Select(account => account.GetProperty("did").GetString()!);
}
