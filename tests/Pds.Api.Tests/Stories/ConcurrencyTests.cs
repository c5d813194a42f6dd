using System.Text.Json;
using Pds.Application.Sync;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Many at once: nothing is lost, and whoever watches is told everything, in order and verifiably.</summary>
public sealed class ConcurrencyTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";

    [Fact]
    public async Task Sixteen_writers_on_one_repo_lose_nothing_and_readers_always_get_a_repo_that_verifies()
    {
        const int Writers = 16, Rounds = 4;
        var alice = await pds.SignUpAsync();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(alice, $"w{writer}", Rounds))));
        var reading = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ExportUntilAsync(alice, writing))));
        var expected = (await writing).SelectMany(records => records).ToDictionary();
        var exports = (await reading).Sum();

        var frames = await firehose.NextAsync(Writers * Rounds * CommitsPerRound, alice.Did.Value);
        follower.VerifyAll(frames);
        var repo = await alice.ExportAsync();
        Assert.Equal(expected, repo.Records.Where(record => !record.Key.EndsWith("/shared", StringComparison.Ordinal)).ToDictionary());
        Assert.Equal(repo.Records, follower.Records);
        Assert.Equal(repo.Commit.Rev.ToString(), frames[^1].Body.Text("rev"));
        Assert.True(exports > 0, "Nobody read while they wrote");
    }

    [Fact]
    public async Task Writers_on_fifty_repos_lose_nothing_and_each_repo_can_be_followed_from_its_first_commit_on()
    {
        const int People = 50, Rounds = 2;
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => Task.Run(() => pds.SignUpAsync("many"))));
        var written = await Task.WhenAll(people.Select(person => Task.Run(() => WriteAsync(person, "w", Rounds))));

        const int PerPerson = 4 + (Rounds * CommitsPerRound); // signing up says #identity, #account, #commit, #sync
        var frames = await ReadAsync(firehose, [.. people.Select(person => person.Did.Value)], People * PerPerson);
        Assert.Equal(frames.Select(frame => frame.Seq).Order().Distinct(), frames.Select(frame => frame.Seq));
        foreach (var (person, expected) in people.Zip(written))
        {
            var follower = await CommitVerifier.FromTheStartAsync(person, person.Did);
            var own = frames.Where(frame => frame.Did == person.Did.Value).ToList();
            Assert.Equal(["#identity", "#account", "#commit", "#sync"], own.Take(4).Select(frame => frame.Type));
            follower.VerifyAll(own.Where(frame => frame.Type == "#commit"));
            var repo = await person.ExportAsync();
            Assert.Equal(repo.Records, follower.Records);
            Assert.Equal(expected, repo.Records.Where(record => !record.Key.EndsWith("/shared", StringComparison.Ordinal)).ToDictionary());
        }
    }

    [Fact]
    public async Task Of_those_who_saw_the_same_commit_one_writes()
    {
        var alice = await pds.SignUpAsync();
        var (seen, _) = await alice.GetLatestCommitAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => alice.CreateRecordAsync(new { i }, Collection, swapCommit: seen))));

        Assert.Single(answers, answer => answer.Error is null);
        Assert.Equal(11, answers.Count(answer => answer.Error == "InvalidSwap"));
        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task Of_those_who_create_the_same_key_one_does()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => alice.CreateRecordAsync(new { i }, Collection, "one"))));

        Assert.Single(answers, answer => answer.Error is null);
        Assert.Equal(11, answers.Count(answer => answer.Error == "InvalidRequest"));
    }

    [Fact]
    public async Task Of_many_follows_of_one_person_at_once_one_stays()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow"))));

        Assert.All(answers, answer => answer.Ok());
        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task A_blob_whose_records_come_and_go_at_once_is_there_exactly_while_one_of_them_is()
    {
        var alice = await pds.SignUpAsync();
        var content = "contended"u8.ToArray();
        var blob = await alice.UploadBlobAsync(content);
        (await alice.CreateRecordAsync(new { blob }, Collection, "anchor")).Ok();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                await alice.UploadBlobAsync(content);
                (await alice.CreateRecordAsync(new { i, blob }, Collection, $"r{writer}")).Ok();
                (await alice.DeleteRecordAsync(Collection, $"r{writer}")).Ok();
            }
        })));

        var cid = blob.GetProperty("ref").GetProperty("$link").GetString()!;
        (await pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid })).IsFile("contended");
        (await alice.DeleteRecordAsync(Collection, "anchor")).Ok();
        Assert.False(pds.BlobFile(alice, cid).Exists);
    }

    [Fact]
    public async Task A_subscriber_is_told_everything_from_the_moment_it_is_let_in()
    {
        var alice = await pds.SignUpAsync();

        var subscription = await pds.SendAsync(new SubscribeRepos()); // what the socket does before it answers the handshake
        (await alice.CreateRecordAsync(new { }, Collection)).Ok();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);
        var created = (await alice.CreateRecordAsync(new { }, Collection)).Ok();

        await using var frames = subscription.Frames.GetAsyncEnumerator();
        for (var i = 0; i < 2; i++) Assert.True(await frames.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        var second = await firehose.NextAsync();
        Assert.Equal(created.GetProperty("commit").GetProperty("rev").GetString(), second.Body.Text("rev"));
        Assert.Equal(second.Bytes, frames.Current);
    }

    private const int CommitsPerRound = 5;

    /// <summary>Writes in every way there is, and answers with what it left there. All writers put the record <c>shared</c>.</summary>
    private static async Task<Dictionary<string, Cid>> WriteAsync(Actor actor, string writer, int rounds)
    {
        var left = new Dictionary<string, Cid>();
        for (var i = 0; i < rounds; i++)
        {
            Keep($"{writer}-{i}", (await actor.CreateRecordAsync(new { writer, i }, Collection, $"{writer}-{i}")).Ok());
            (await actor.PutRecordAsync(new { writer, i }, Collection, "shared")).Ok();
            (await actor.CreateRecordAsync(new { writer, i, isShort = true }, Collection, $"{writer}-short")).Ok();
            (await actor.DeleteRecordAsync(Collection, $"{writer}-short")).Ok();
            var batch = (await actor.ApplyWritesAsync(
                Writes.Create(Collection, new { writer, i, isBatch = true }, $"{writer}-{i}-batch"),
                Writes.Update(Collection, $"{writer}-{i}", new { writer, i, isNew = true }))).Ok().GetProperty("results");
            Keep($"{writer}-{i}-batch", batch[0]);
            Keep($"{writer}-{i}", batch[1]);
        }

        return left;

        void Keep(string rkey, JsonElement answer) => left[$"{Collection}/{rkey}"] = Cid.Parse(answer.GetProperty("cid").GetString()!);
    }

    /// <summary>Fetches the repo over and over; each time it must verify and be newer, not older, than before. Answers how often.</summary>
    private static async Task<int> ExportUntilAsync(Actor actor, Task writing)
    {
        var (exports, last) = (0, "");
        while (!writing.IsCompleted)
        {
            var rev = (await actor.ExportAsync()).Commit.Rev.ToString();
            Assert.True(string.CompareOrdinal(rev, last) >= 0, "The repo went back in time");
            (exports, last) = (exports + 1, rev);
        }

        return exports;
    }

    private static async Task<List<FirehoseReader.Frame>> ReadAsync(FirehoseReader firehose, HashSet<string> dids, int count)
    {
        var frames = new List<FirehoseReader.Frame>();
        while (frames.Count < count)
        {
            var frame = await firehose.NextAsync();
            if (dids.Contains(frame.Did)) frames.Add(frame);
        }

        return frames;
    }
}
