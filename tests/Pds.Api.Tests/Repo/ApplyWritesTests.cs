using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class ApplyWritesTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";

    [Fact]
    public async Task Answers_in_the_order_of_the_writes_which_make_one_commit()
    {
        var alice = await pds.SignUpAsync();
        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { n = 1 }, "a"), Writes.Create(Collection, new { n = 1 }, "b"))).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var answer = (await alice.ApplyWritesAsync(
            Writes.Delete(Collection, "a"),
            Writes.Create("app.bsky.feed.post", Records.Post()),
            Writes.Update(Collection, "b", new { n = 2 }),
            Writes.Create(Collection, new { n = 3 }, "c"))).Ok();

        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["deleteResult", "createResult", "updateResult", "createResult"], results.Select(KindOf));
        Assert.Equal(["$type"], results[0].EnumerateObject().Select(field => field.Name));
        Assert.StartsWith($"at://{alice.Did}/app.bsky.feed.post/", results[1].GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal("valid", results[1].GetProperty("validationStatus").GetString());
        Assert.Equal((await alice.GetRecordAsync(Collection, "b")).Ok().GetProperty("cid").GetString(), results[2].GetProperty("cid").GetString());
        Assert.Equal($"at://{alice.Did}/{Collection}/c", results[3].GetProperty("uri").GetString());

        var frame = Assert.Single(await firehose.NextAsync(1, alice.Did.Value));
        Assert.Equal(answer.GetProperty("commit").GetProperty("cid").GetString(), follower.Verify(frame).Cid.ToString());
        Assert.Equal((await alice.ExportAsync()).Records, follower.Records);
    }

    [Fact]
    public async Task Takes_200_writes_in_one_commit_that_can_be_undone_and_refuses_more()
    {
        var alice = await pds.SignUpAsync();
        (await alice.ApplyWritesAsync([.. Enumerable.Range(0, 200).Select(i => Writes.Create(Collection, new { i }, $"old{i}"))])).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        (await alice.ApplyWritesAsync([.. Enumerable.Range(0, 200).Select(Mixed)])).Ok();
        var refusal = await alice.ApplyWritesAsync([.. Enumerable.Range(0, 201).Select(i => Writes.Create(Collection, new { i }))]);

        Assert.Equal("Too many writes. Max: 200", refusal.Refused(400, "InvalidRequest").Message);
        follower.VerifyAll(await firehose.NextAsync(1, alice.Did.Value));
        Assert.Equal((await alice.ExportAsync()).Records, follower.Records);

        static object Mixed(int i) => (i % 3) switch
        {
            0 => Writes.Create(Collection, new { i }, $"new{i}"),
            1 => Writes.Update(Collection, $"old{i}", new { i, isNew = true }),
            _ => Writes.Delete(Collection, $"old{i}"),
        };
    }

    [Theory]
    [InlineData("""{"$type":"com.atproto.repo.applyWrites#frobnicate","collection":"com.example.thing","rkey":"a"}""")]
    [InlineData("""{"$type":"com.example.other","collection":"com.example.thing","rkey":"a"}""")]
    [InlineData("""{"collection":"com.example.thing","rkey":"a"}""")]
    [InlineData("""{"$type":"com.atproto.repo.applyWrites#create","collection":"com.example.thing"}""")]
    [InlineData("""{"$type":"com.atproto.repo.applyWrites#delete","collection":"com.example.thing"}""")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task Refuses_what_is_no_write(string write)
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.PostAsync("com.atproto.repo.applyWrites", $$"""{"repo":"{{alice.Did}}","writes":[{{write}}]}""", "application/json");

        answer.Refused(400, "InvalidRequest");
    }

    public static TheoryData<string, string[]> SeveralWritesToOneKey => new()
    {
        { "create, update", ["create new", "update new"] },
        { "create, delete", ["create new", "delete new"] },
        { "create, update, delete, create", ["create new", "update new", "delete new", "create new"] },
        { "update, update", ["update old", "update old"] },
        { "update, delete", ["update old", "delete old"] },
        { "delete, create", ["delete old", "create old"] },
        { "delete, create, delete", ["delete old", "create old", "delete old"] },
        { "both", ["create new", "delete old", "update new", "create old"] },
    };

    [Theory]
    [MemberData(nameof(SeveralWritesToOneKey))]
    public async Task Collapses_several_writes_to_one_key_so_that_the_commit_can_be_undone(string name, string[] steps)
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 8; i++) (await alice.CreateRecordAsync(new { name, i }, Collection, $"other{i}")).Ok();
        (await alice.CreateRecordAsync(new { n = -1 }, Collection, "old")).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var answer = (await alice.ApplyWritesAsync([.. steps.Select(Step)])).Ok();

        follower.VerifyAll(await firehose.NextAsync(1, alice.Did.Value));
        Assert.Equal(steps.Select(step => $"{step.Split(' ')[0]}Result"), answer.GetProperty("results").EnumerateArray().Select(KindOf));
        var repo = await alice.ExportAsync();
        Assert.Equal(repo.Records, follower.Records);
        foreach (var rkey in new[] { "old", "new" }) await SameAsExportedAsync(alice, repo, rkey);
    }

    [Fact]
    public async Task Makes_an_empty_commit_of_no_writes_with_the_root_of_the_tree()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { }, Collection)).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        var before = await alice.ExportAsync();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var answer = (await alice.ApplyWritesAsync()).Ok();

        var frame = await firehose.NextAsync();
        var commit = follower.Verify(frame);
        Assert.Equal(answer.GetProperty("commit").GetProperty("rev").GetString(), commit.Rev.ToString());
        Assert.Empty(answer.GetProperty("results").EnumerateArray());
        Assert.Empty(((LexArray)frame.Body["ops"]!).Items);
        Assert.Equal(before.Commit.Data, commit.Data);
        Assert.True(CommitVerifier.BlocksOf(frame).Contains(commit.Data));
        Assert.Equal(before.Records, (await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task Makes_an_empty_commit_in_an_empty_repo()
    {
        var alice = await pds.SignUpAsync();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        (await alice.ApplyWritesAsync()).Ok();

        Assert.Equal(MstTree.Empty.RootCid, follower.Verify(await firehose.NextAsync()).Data);
    }

    public static TheoryData<string, object, string> Impossible => new()
    {
        { "update of a missing record", Writes.Update(Collection, "missing", new { }), "RecordNotFound" },
        { "delete of a missing record", Writes.Delete(Collection, "missing"), "RecordNotFound" },
        { "create of an existing record", Writes.Create(Collection, new { }, "there"), "InvalidRequest" },
        { "create of a record that the batch created", Writes.Create(Collection, new { }, "good"), "InvalidRequest" },
        { "a record that its lexicon does not allow", Writes.Create("app.bsky.feed.post", new { text = 5 }), "InvalidRequest" },
        { "a key that its lexicon does not allow", Writes.Create("app.bsky.feed.post", Records.Post(), "self"), "InvalidRequest" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task Refuses_all_when_one_cannot_be_done_and_leaves_no_trace(string name, object write, string error)
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { name }, Collection, "there")).Ok();
        var before = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { n = 1 }, "good"), write)).Refused(400, error);

        Assert.Equal(before, await alice.GetLatestCommitAsync());
        (await alice.GetRecordAsync(Collection, "good")).Refused(400, "RecordNotFound");
        Assert.Single((await alice.ExportAsync()).Records);
        var next = (await alice.CreateRecordAsync(new { n = 2 }, Collection, "good")).Ok();
        Assert.Equal(next.GetProperty("commit").GetProperty("rev").GetString(), (await firehose.NextAsync()).Body.Text("rev"));
    }

    [Fact]
    public async Task Refuses_a_stale_swapCommit()
    {
        var alice = await pds.SignUpAsync();
        var stale = await alice.GetLatestCommitAsync();
        (await alice.CreateRecordAsync(new { }, Collection)).Ok();
        var current = await alice.GetLatestCommitAsync();

        var refusal = await alice.PostAsync("com.atproto.repo.applyWrites", new { repo = alice.Did.Value, swapCommit = stale.Cid.ToString(), writes = new[] { Writes.Create(Collection, new { }) } });

        Assert.Equal($"Commit was at {current.Cid}", refusal.Refused(400, "InvalidSwap").Message);
        Assert.Equal(current, await alice.GetLatestCommitAsync());
        (await alice.PostAsync("com.atproto.repo.applyWrites", new { repo = alice.Did.Value, swapCommit = current.Cid.ToString(), writes = new[] { Writes.Create(Collection, new { }) } })).Ok();
    }

    [Theory]
    [InlineData(null, "unknown")]
    [InlineData(false, null)]
    public async Task Says_how_each_record_was_checked(bool? validate, string? status)
    {
        var alice = await pds.SignUpAsync();
        var said = validate is null ? "" : ",\"validate\":false";
        var write = JsonSerializer.Serialize(Writes.Create(Collection, new { }));

        var answer = (await alice.PostAsync("com.atproto.repo.applyWrites", $$"""{"repo":"{{alice.Did}}","writes":[{{write}}]{{said}} }""", "application/json")).Ok();

        var result = answer.GetProperty("results")[0];
        Assert.Equal(status, result.TryGetProperty("validationStatus", out var found) ? found.GetString() : null);
    }

    [Fact]
    public async Task Keeps_several_of_one_subject()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var follow = Writes.Create("app.bsky.graph.follow", Records.Follow(bob.Did.Value));

        (await alice.ApplyWritesAsync(follow, follow)).Ok();
        (await alice.ApplyWritesAsync(follow)).Ok();

        Assert.Equal(3, (await alice.ExportAsync()).Records.Count);
    }

    [Fact]
    public async Task Refuses_a_commit_that_would_not_fit_an_event_and_leaves_no_trace()
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        var numbers = string.Join(',', Enumerable.Repeat("9e9", 24_000)); // four bytes of JSON each, nine of CBOR
        var writes = string.Join(',', Enumerable.Range(0, 10).Select(i =>
            $$"""{"$type":"com.atproto.repo.applyWrites#create","collection":"{{Collection}}","value":{"i":{{i}},"n":[{{numbers}}]} }"""));

        var refusal = await alice.PostAsync("com.atproto.repo.applyWrites", $$"""{"repo":"{{alice.Did}}","writes":[{{writes}}]}""", "application/json");

        Assert.Equal("Too many writes. Max event size: 2MB", refusal.Refused(400, "InvalidRequest").Message);
        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Fact]
    public async Task Keeps_a_blob_of_a_refused_batch_out_of_sight()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("a secret"u8.ToArray());

        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { blob }), Writes.Delete(Collection, "missing"))).Refused(400, "RecordNotFound");

        var cid = blob.GetProperty("ref").GetProperty("$link").GetString();
        (await pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid })).Refused(400, "InvalidRequest");
        Assert.Empty((await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = alice.Did.Value })).Ok().GetProperty("cids").EnumerateArray());
    }

    [Fact]
    public async Task Refuses_anothers_repo_and_one_that_is_not_here()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var writes = new[] { Writes.Create(Collection, new { }) };

        (await alice.PostAsync("com.atproto.repo.applyWrites", new { repo = bob.Did.Value, writes })).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync("com.atproto.repo.applyWrites", new { repo = "nobody.test", writes })).Refused(403, "AccountNotFound");
        (await pds.Anyone.PostAsync("com.atproto.repo.applyWrites", new { repo = bob.Did.Value, writes })).Refused(401, "AuthMissing");
    }

    private static object Step(string step, int i) => step.Split(' ') switch
    {
        ["create", var rkey] => Writes.Create(Collection, new { n = i }, rkey),
        ["update", var rkey] => Writes.Update(Collection, rkey, new { n = i }),
        [_, var rkey] => Writes.Delete(Collection, rkey),
        _ => throw new ArgumentException(step, nameof(step)),
    };

    private static string KindOf(JsonElement result) => result.GetProperty("$type").GetString()!["com.atproto.repo.applyWrites#".Length..];

    private static async Task SameAsExportedAsync(Actor actor, VerifiedRepo repo, string rkey)
    {
        var answer = await actor.GetRecordAsync(Collection, rkey);
        if (repo.Records.TryGetValue($"{Collection}/{rkey}", out var cid)) Assert.Equal(cid.ToString(), answer.Ok().GetProperty("cid").GetString());
        else answer.Refused(400, "RecordNotFound");
    }
}
