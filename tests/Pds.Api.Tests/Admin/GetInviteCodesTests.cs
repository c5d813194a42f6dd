using System.Text.Json;
using Pds.Api.Tests.Server;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class GetInviteCodesTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    private const string GetInviteCodes = "com.atproto.admin.getInviteCodes";

    [Theory]
    [InlineData("recent")]
    [InlineData("usage")]
    public async Task Pages_through_every_code_once(string sort)
    {
        var made = await CreateAsync(count: 7);
        (await pds.SignUpWithAsync(made[3])).Ok();

        var (listed, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await pds.Admin.GetAsync(GetInviteCodes, new { sort, limit = 2, cursor })).Ok();
            listed.AddRange(Names(page));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Empty(made.Except(listed));
    }

    [Fact]
    public async Task Lists_the_most_used_first_with_who_used_them()
    {
        var code = (await CreateAsync(count: 1))[0];
        for (var i = 0; i < 3; i++) (await pds.SignUpWithAsync(code)).Ok();

        var first = (await pds.Admin.GetAsync(GetInviteCodes, new { sort = "usage", limit = 1 })).Ok().GetProperty("codes")[0];

        Assert.Equal(code, first.GetProperty("code").GetString());
        Assert.Equal((9, false, "admin", 3), (
            first.GetProperty("available").GetInt32(), first.GetProperty("disabled").GetBoolean(), first.GetProperty("forAccount").GetString(), first.GetProperty("uses").GetArrayLength()));
    }

    [Fact]
    public async Task An_empty_page_bears_no_cursor()
    {
        var answer = (await pds.Admin.GetAsync(GetInviteCodes, new { cursor = "1::a" })).Ok();

        Assert.Equal("""{"codes":[]}""", answer.GetRawText());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("x::y")]
    [InlineData("1::")]
    [InlineData("::y")]
    [InlineData("1::2::3")]
    [InlineData("-1::y")]
    [InlineData("99999999999999999999::y")]
    public async Task Refuses_a_cursor_that_it_never_gave(string cursor)
    {
        foreach (var sort in new[] { "recent", "usage" })
            Assert.Equal("Malformed cursor", (await pds.Admin.GetAsync(GetInviteCodes, new { sort, cursor })).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("sort=best", "unknown sort method: best")]
    [InlineData("limit=0", "Invalid com.atproto.admin.getInviteCodes params: integer too small (minimum 1, got 0)")]
    [InlineData("limit=501", "Invalid com.atproto.admin.getInviteCodes params: integer too big (maximum 500, got 501)")]
    public async Task Refuses_parameters_that_are_none(string query, string message) =>
        Assert.Equal(message, (await pds.Admin.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{GetInviteCodes}?{query}"))).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Is_the_moderators_alone()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.GetAsync(GetInviteCodes)).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.GetAsync(GetInviteCodes)).Status);
    }

    private static IEnumerable<string> Names(JsonElement page) => page.GetProperty("codes").EnumerateArray().Select(code => code.GetProperty("code").GetString()!);

    private async Task<string[]> CreateAsync(int count)
    {
        var made = (await pds.Admin.PostAsync("com.atproto.server.createInviteCodes", new { codeCount = count, useCount = 9 })).Ok();
        return [.. made.GetProperty("codes")[0].GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)];
    }
}
