using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.getReport</c></summary>
public sealed class GetReportTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.getReport";

    [Fact]
    public async Task Shows_who_reported_what_and_what_the_record_says_now()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var seen = (await mallory.PutRecordAsync(new { text = "bad" }, "com.example.thing", "one")).Ok();
        var now = (await mallory.PutRecordAsync(new { text = "good" }, "com.example.thing", "one")).Ok().GetProperty("cid").GetString();
        var subject = Moderation.Record(seen.GetProperty("uri").GetString()!, seen.GetProperty("cid").GetString()!);
        var id = (await alice.PostAsync(Reporting.Method, new { reasonType = Reporting.Spam, subject, reason = "see there", modTool = new { name = "my app/1", meta = new { } } })).Ok().GetProperty("id").GetInt64();

        var answer = await GetAsync(id);

        var report = answer.GetProperty("report");
        Assert.Equal(
            (id, "see there", "my app/1", alice.Did.Value),
            (report.GetProperty("id").GetInt64(), report.GetProperty("reason").GetString(), report.GetProperty("modTool").GetString(), report.GetProperty("reportedBy").GetString()));
        Assert.Equal(seen.GetProperty("cid").GetString(), report.GetProperty("subject").GetProperty("cid").GetString());
        Assert.Equal((alice.Handle, mallory.Handle, "active"), (answer.GetProperty("reporterHandle").GetString(), answer.GetProperty("subjectHandle").GetString(), answer.GetProperty("subjectStatus").GetString()));
        Assert.Equal((now, "good"), (answer.GetProperty("recordCid").GetString(), answer.GetProperty("record").GetProperty("text").GetString()));
        Assert.False(answer.TryGetProperty("takedownRef", out _));
    }

    [Fact]
    public async Task Shows_what_was_done_about_its_subject()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var post = (await mallory.CreateRecordAsync(new { text = "bad" }, "com.example.thing", "one")).Ok();
        var record = Moderation.Record(post.GetProperty("uri").GetString()!, post.GetProperty("cid").GetString()!);
        var (ofRecord, ofAccount) = (await IdAsync(alice, record), await IdAsync(alice, Moderation.Account(mallory.Did)));

        (await pds.ModerateAsync(record, Moderation.Applied($"report-{ofRecord}"))).Ok();
        Assert.Equal($"report-{ofRecord}", (await GetAsync(ofRecord)).GetProperty("takedownRef").GetString());
        Assert.False((await GetAsync(ofAccount)).TryGetProperty("takedownRef", out _));

        (await mallory.DeleteRecordAsync("com.example.thing", "one")).Ok();
        Assert.False((await GetAsync(ofRecord)).TryGetProperty("record", out _));

        (await pds.ModerateAsync(Moderation.Account(mallory.Did), Moderation.Applied("worse"))).Ok();
        var answer = await GetAsync(ofAccount);
        Assert.Equal(("worse", "takendown"), (answer.GetProperty("takedownRef").GetString(), answer.GetProperty("subjectStatus").GetString()));
    }

    [Fact]
    public async Task There_is_none_of_another_number() => (await pds.Admin.GetAsync(Method, new { id = 999_999 })).Refused(400, "NotFound");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        (await (await pds.SignUpAsync()).GetAsync(Method, new { id = 1 })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.GetAsync(Method, new { id = 1 })).Refused(401, "AuthenticationRequired");
    }

    private static async Task<long> IdAsync(Actor by, object subject) => (await by.ReportAsync(subject)).Ok().GetProperty("id").GetInt64();

    private async Task<JsonElement> GetAsync(long id) => (await pds.Admin.GetAsync(Method, new { id })).Ok();
}
