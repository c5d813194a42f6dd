using System.Text.Json;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class PutRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";
    private const string SomeCid = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";

    [Fact]
    public async Task Creates_then_replaces_and_tells_the_firehose_which()
    {
        var alice = await pds.SignUpAsync();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var first = (await alice.PutRecordAsync(new { n = 1 }, Collection, "self")).Ok();
        var second = (await alice.PutRecordAsync(new { n = 2 }, Collection, "self")).Ok();

        var frames = await firehose.NextAsync(2, alice.Did.Value);
        follower.VerifyAll(frames);
        Assert.Equal(["create", "update"], frames.Select(frame => ((LexObject)((LexArray)frame.Body["ops"]!).Items.Single()).Text("action")));
        Assert.Equal(first.GetProperty("uri").GetString(), second.GetProperty("uri").GetString());
        Assert.Equal("unknown", second.GetProperty("validationStatus").GetString());
        Assert.Equal(second.GetProperty("commit").GetProperty("cid").GetString(), (await alice.GetLatestCommitAsync()).Cid.ToString());
        Assert.Equal(2, (await alice.GetRecordAsync(Collection, "self")).Ok().GetProperty("value").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Makes_no_commit_and_no_event_for_what_is_there_already_whatever_the_swaps_say()
    {
        var alice = await pds.SignUpAsync();
        var first = (await alice.PutRecordAsync(new { n = 1 }, Collection, "self")).Ok();
        var before = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var again = (await PutAsync(alice, """{"n":1}""", $"\"swapRecord\":null,\"swapCommit\":\"{SomeCid}\"")).Ok();

        Assert.False(again.TryGetProperty("commit", out _));
        Assert.Equal(first.GetProperty("cid").GetString(), again.GetProperty("cid").GetString());
        Assert.Equal(before, await alice.GetLatestCommitAsync());
        var next = (await alice.PutRecordAsync(new { n = 2 }, Collection, "self")).Ok();
        Assert.Equal(next.GetProperty("commit").GetProperty("rev").GetString(), (await firehose.NextAsync()).Body.Text("rev"));
    }

    [Fact]
    public async Task Goes_ahead_only_from_the_record_that_the_author_saw()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Record was at null", (await PutAsync(alice, """{"n":1}""", $"\"swapRecord\":\"{SomeCid}\"")).Refused(400, "InvalidSwap").Message);
        var cid = CidOf((await PutAsync(alice, """{"n":1}""", "\"swapRecord\":null")).Ok());
        Assert.Equal($"Record was at {cid}", (await PutAsync(alice, """{"n":2}""", "\"swapRecord\":null")).Refused(400, "InvalidSwap").Message);
        (await PutAsync(alice, """{"n":2}""", $"\"swapRecord\":\"{SomeCid}\"")).Refused(400, "InvalidSwap");
        Assert.Equal(cid, CidOf((await alice.GetRecordAsync(Collection, "self")).Ok()));

        (await PutAsync(alice, """{"n":2}""", $"\"swapRecord\":\"{cid}\"")).Ok();
        (await PutAsync(alice, """{"n":3}""", "\"validate\":null")).Ok(); // no swap: anything goes
    }

    [Fact]
    public async Task Goes_ahead_only_from_the_commit_that_the_author_saw()
    {
        var alice = await pds.SignUpAsync();
        var stale = await alice.GetLatestCommitAsync();
        (await alice.PutRecordAsync(new { n = 1 }, Collection, "self")).Ok();
        var current = await alice.GetLatestCommitAsync();

        var refusal = await PutAsync(alice, """{"n":2}""", $"\"swapCommit\":\"{stale.Cid}\"");

        Assert.Equal($"Commit was at {current.Cid}", refusal.Refused(400, "InvalidSwap").Message);
        Assert.Equal(current, await alice.GetLatestCommitAsync());
        (await PutAsync(alice, """{"n":2}""", $"\"swapCommit\":\"{current.Cid}\"")).Ok();
    }

    [Fact]
    public async Task Checks_the_record_as_creating_does()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PutRecordAsync(new { text = 5 }, "app.bsky.feed.post", "3jzfcijpj2z2a")).Refused(400, "InvalidRequest");
        (await alice.PutRecordAsync(Records.Post(), "app.bsky.feed.post", "self")).Refused(400, "InvalidRequest");
        (await alice.PutRecordAsync(new { }, Collection, "self", validate: true)).Refused(400, "InvalidRequest");
        (await PutAsync(alice, """{"$type":"com.example.other"}""", "\"validate\":false")).Refused(400, "InvalidRequest");

        var put = (await alice.PutRecordAsync(new { displayName = "Alice" }, "app.bsky.actor.profile", "self")).Ok();
        Assert.Equal("valid", put.GetProperty("validationStatus").GetString());
        Assert.False((await alice.PutRecordAsync(new { displayName = "A" }, "app.bsky.actor.profile", "self", validate: false)).Ok().TryGetProperty("validationStatus", out _));
    }

    [Fact]
    public async Task Leaves_others_of_the_same_subject_alone()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow")).Ok();

        (await alice.PutRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow", "3jzfcijpj2z2a")).Ok();

        Assert.Equal(2, (await alice.ExportAsync()).Records.Count);
    }

    [Fact]
    public async Task Counts_as_an_earlier_one_when_the_same_subject_is_created_later()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await alice.PutRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow", "3jzfcijpj2z2a")).Ok();

        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow")).Ok();

        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task Refuses_anothers_repo_and_one_that_is_not_here()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        (await alice.PostAsync("com.atproto.repo.putRecord", new { repo = bob.Handle, collection = Collection, rkey = "self", record = new { } })).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync("com.atproto.repo.putRecord", new { repo = "nobody.test", collection = Collection, rkey = "self", record = new { } })).Refused(403, "AccountNotFound");
        (await pds.Anyone.PostAsync("com.atproto.repo.putRecord", new { repo = bob.Handle, collection = Collection, rkey = "self", record = new { } })).Refused(401, "AuthMissing");
    }

    private static string CidOf(JsonElement answer) => answer.GetProperty("cid").GetString()!;

    private static Task<XrpcAnswer> PutAsync(Actor actor, string record, string more) =>
        actor.PostAsync("com.atproto.repo.putRecord", $$"""{"repo":"{{actor.Did}}","collection":"{{Collection}}","rkey":"self","record":{{record}},{{more}} }""", "application/json");
}
