using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.listReports</c></summary>
public sealed class ListReportsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.listReports";

    [Fact]
    public async Task Lists_what_is_open_newest_first_and_in_pages()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        for (var i = 0; i < 5; i++) (await alice.ReportAsync(Moderation.Account(mallory.Did), reason: $"{i}")).Ok();

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await pds.Admin.GetAsync(Method, new { subject = mallory.Did.Value, limit = 2, cursor })).Ok();
            seen.AddRange(page.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("reason").GetString()!));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(["4", "3", "2", "1", "0"], seen);
    }

    [Fact]
    public async Task Lists_those_that_are_closed_where_it_is_asked_for()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var (first, second) = (await ReportAsync(alice, mallory), await ReportAsync(alice, mallory));
        (await pds.Admin.PostAsync("local.pds.admin.closeReport", new { id = first, note = "spoke with her" })).Ok();

        Assert.Equal([second], await ListAsync(mallory, "open"));
        Assert.Equal([first], await ListAsync(mallory, "closed"));
        Assert.Equal([second, first], await ListAsync(mallory, "all"));
    }

    [Fact]
    public async Task About_an_account_are_those_about_its_records_too()
    {
        var (alice, mallory, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"), await pds.SignUpAsync("bob"));
        var post = (await mallory.CreateRecordAsync(Records.Post())).Ok();
        var uri = post.GetProperty("uri").GetString()!;
        var ofRecord = (await alice.ReportAsync(Moderation.Record(uri, post.GetProperty("cid").GetString()!))).Ok().GetProperty("id").GetInt64();
        var ofAccount = await ReportAsync(alice, mallory);
        await ReportAsync(alice, bob);

        Assert.Equal([ofAccount, ofRecord], await ListAsync(mallory, "all"));
        Assert.Equal([ofRecord], Ids((await pds.Admin.GetAsync(Method, new { subject = uri })).Ok()));
    }

    [Fact]
    public async Task A_report_outlives_the_reporters_account_without_its_name_and_the_accounts_that_it_is_about()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var id = await ReportAsync(alice, mallory);

        foreach (var did in new[] { alice.Did, mallory.Did }) (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = did.Value })).Ok();

        Assert.Equal([id], await ListAsync(mallory, "open"));
        var shown = (await pds.Admin.GetAsync("local.pds.admin.getReport", new { id })).Ok();
        Assert.False(shown.GetProperty("report").TryGetProperty("reportedBy", out _));
        Assert.False(shown.TryGetProperty("subjectHandle", out _));
        Assert.DoesNotContain("report.reported_by", DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
    }

    [Theory]
    [InlineData("status=new")]
    [InlineData("cursor=garbage")]
    [InlineData("limit=101")]
    public async Task Refuses_what_makes_no_sense(string query) => (await pds.Admin.GetAsync($"{Method}?{query}")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        (await (await pds.SignUpAsync()).GetAsync(Method)).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthenticationRequired");
    }

    private static async Task<long> ReportAsync(Actor by, Actor about) => (await by.ReportAsync(Moderation.Account(about.Did))).Ok().GetProperty("id").GetInt64();

    private async Task<long[]> ListAsync(Actor about, string status) => Ids((await pds.Admin.GetAsync(Method, new { subject = about.Did.Value, status })).Ok());

    private static long[] Ids(JsonElement answer) => [.. answer.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("id").GetInt64())];
}
