using System.Net;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.closeReport</c></summary>
public sealed class CloseReportTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.closeReport";

    [Fact]
    public async Task Says_when_and_what_came_of_it_and_leaves_an_entry()
    {
        var id = await ReportAsync();

        (await pds.Admin.PostAsync(Method, new { id, note = "taken down" })).Ok();

        var report = (await pds.Admin.GetAsync("local.pds.admin.getReport", new { id })).Ok().GetProperty("report");
        Assert.Equal("taken down", report.GetProperty("note").GetString());
        Assert.True(report.TryGetProperty("closedAt", out _));
        var entry = Assert.Single((await pds.Admin.GetAsync("local.pds.admin.listAudit", new { subject = $"report/{id}" })).Ok().GetProperty("entries").EnumerateArray());
        Assert.Equal(("admin", Method, "taken down"), (entry.GetProperty("actor").GetString(), entry.GetProperty("method").GetString(), entry.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task A_report_is_closed_once_however_many_do_it_at_once()
    {
        var id = await ReportAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => pds.Admin.PostAsync(Method, new { id, note = $"{i}" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.Equal("The report is closed already", answer.Refused(400, "InvalidRequest").Message));
        Assert.Single((await pds.Admin.GetAsync("local.pds.admin.listAudit", new { subject = $"report/{id}" })).Ok().GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Refuses_a_report_that_there_is_not_and_a_note_that_is_a_book()
    {
        (await pds.Admin.PostAsync(Method, new { id = 999_999 })).Refused(400, "NotFound");
        (await pds.Admin.PostAsync(Method, new { id = await ReportAsync(), note = new string('x', 2_001) })).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var id = await ReportAsync();

        (await (await pds.SignUpAsync()).PostAsync(Method, new { id })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync(Method, new { id })).Refused(401, "AuthenticationRequired");
    }

    private async Task<long> ReportAsync()
    {
        var alice = await pds.SignUpAsync();
        return (await alice.ReportAsync(Moderation.Account(alice.Did))).Ok().GetProperty("id").GetInt64();
    }
}
