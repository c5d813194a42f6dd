using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class ListBlobsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Lists_each_blob_that_a_record_mentions_once()
    {
        var alice = await pds.SignUpAsync();
        var mentioned = await alice.PublishBlobAsync("one");
        Assert.Equal(mentioned, await alice.PublishBlobAsync("one")); // by two records
        await alice.UploadBlobAsync("by no record"u8.ToArray());

        Assert.Equal([mentioned], await ListAsync(alice));
    }

    [Fact]
    public async Task Pages_cover_every_blob_once()
    {
        var alice = await pds.SignUpAsync();
        var published = new List<string>();
        for (var i = 0; i < 5; i++) published.Add(await alice.PublishBlobAsync($"blob {i}"));

        var (paged, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = alice.Did.Value, limit = 2, cursor })).Ok();
            var cids = page.GetProperty("cids").EnumerateArray().Select(cid => cid.GetString()!).ToList();
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            Assert.Equal(cids.LastOrDefault(), cursor);
            paged.AddRange(cids);
        }
        while (cursor is not null);

        Assert.Equal(5, paged.Count);
        Assert.Equal(published.ToHashSet(), paged.ToHashSet());
    }

    [Fact]
    public async Task Since_a_rev_lists_what_newer_records_mention()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishBlobAsync("old");
        var again = await alice.PublishBlobAsync("old, and mentioned again");
        var (_, rev) = await alice.GetLatestCommitAsync();
        await alice.PublishBlobAsync("old, and mentioned again");
        var later = await alice.PublishBlobAsync("new");

        Assert.Equal(new[] { again, later }.ToHashSet(), (await ListAsync(alice, rev.ToString())).ToHashSet());
    }

    [Fact]
    public async Task A_blob_is_no_longer_listed_once_its_record_is_deleted()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("short-lived"u8.ToArray());
        (await alice.CreateRecordAsync(new { file = blob }, "com.example.file", rkey: "one")).Ok();

        (await alice.DeleteRecordAsync("com.example.file", "one")).Ok();

        Assert.Empty(await ListAsync(alice));
    }

    [Fact]
    public async Task Blobs_of_others_are_not_listed()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var hers = await alice.PublishBlobAsync("hers");
        await bob.PublishBlobAsync("his");

        Assert.Equal([hers], await ListAsync(alice));
    }

    [Fact]
    public async Task Refuses_a_malformed_cursor()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = alice.Did.Value, cursor = "x" });

        Assert.Equal("Malformed cursor", refusal.Refused(400, "InvalidRequest").Message);
    }

    private async Task<IReadOnlyList<string>> ListAsync(Actor actor, string? since = null) =>
    [
        .. (await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = actor.Did.Value, since })).Ok()
            .GetProperty("cids").EnumerateArray().Select(cid => Cid.Parse(cid.GetString()!).ToString()),
    ];
}
