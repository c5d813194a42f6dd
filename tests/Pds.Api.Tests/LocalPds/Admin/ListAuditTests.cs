using System.Text.Json;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

public sealed class ListAuditTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "local.pds.admin.listAudit";

    [Fact]
    public async Task Lists_what_was_done_newest_first()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();

        var entries = await ListAsync(alice.Did.Value);

        Assert.Equal(["takedown undone", "takedown case-1"], entries.Select(entry => entry.GetProperty("detail").GetString()));
        Assert.Equal(["actor", "at", "detail", "method", "subject"], entries[0].EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("admin", entries[0].GetProperty("actor").GetString());
        Assert.Equal("com.atproto.admin.updateSubjectStatus", entries[0].GetProperty("method").GetString());
        Assert.Equal(alice.Did.Value, entries[0].GetProperty("subject").GetString());
        Assert.Equal(AtDatetime.Of(pds.Time.GetUtcNow()).Value, entries[0].GetProperty("at").GetString());
    }

    [Fact]
    public async Task An_accounts_records_and_blobs_belong_to_it_and_can_be_asked_for_alone()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var record = (await alice.CreateRecordAsync(new { n = 1 }, "com.example.thing", "one")).Ok();
        var uri = record.GetProperty("uri").GetString()!;
        var blob = await alice.PublishBlobAsync("a file");
        (await pds.ModerateAsync(Moderating.Account(alice.Did))).Ok();
        (await pds.ModerateAsync(Moderating.Record(uri, record.GetProperty("cid").GetString()!), Moderating.Applied())).Ok();
        (await pds.ModerateAsync(Moderating.Blob(alice.Did, blob), Moderating.Applied())).Ok();
        (await pds.ModerateAsync(Moderating.Account(bob.Did), Moderating.Applied())).Ok();

        Assert.Equal([$"{alice.Did}/{blob}", uri, alice.Did.Value], (await ListAsync(alice.Did.Value)).Select(entry => entry.GetProperty("subject").GetString()));
        Assert.Equal([uri], (await ListAsync(uri)).Select(entry => entry.GetProperty("subject").GetString()));
        Assert.Equal([$"{alice.Did}/{blob}"], (await ListAsync($"{alice.Did}/{blob}")).Select(entry => entry.GetProperty("subject").GetString()));
        Assert.Equal("announced", (await ListAsync(alice.Did.Value))[^1].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Goes_on_from_the_cursor_to_the_oldest()
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 5; i++) (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied($"case-{i}"))).Ok();

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await pds.Admin.GetAsync(Method, new { subject = alice.Did.Value, limit = 2, cursor })).Ok();
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("detail").GetString()!));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(["takedown case-4", "takedown case-3", "takedown case-2", "takedown case-1", "takedown case-0"], seen);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("did:plc:")]
    [InlineData("' OR 1=1 --")]
    public async Task A_subject_to_which_nothing_was_done_has_no_entries(string subject)
    {
        (await pds.ModerateAsync(Moderating.Account((await pds.SignUpAsync()).Did))).Ok();

        Assert.Empty(await ListAsync(subject));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task Refuses_a_cursor_that_is_none(string cursor) =>
        Assert.Equal("Malformed cursor", (await pds.Admin.GetAsync(Method, new { cursor })).Refused(400, "InvalidRequest").Message);

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string subject) =>
        [.. (await pds.Admin.GetAsync(Method, new { subject })).Ok().GetProperty("entries").EnumerateArray()];
}
