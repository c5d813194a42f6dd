using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

public sealed class FirehoseReplayTests(FirehoseReplayTests.PatientPds pds) : IClassFixture<FirehoseReplayTests.PatientPds>
{
    /// <summary>A server that lets nobody go, however slow the machine: these tests are of what is sent, not of how fast it is read.</summary>
    public sealed class PatientPds : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Sync:MaxSubscriptionBuffer"] = "10000" };
    }

    [Fact]
    public async Task Whoever_joins_at_whatever_moment_sees_the_same_sequence()
    {
        const int Writers = 3, Commits = 60, Subscribers = 9;
        var random = new Random(20260102); // moments only: what is seen must not depend on them
        var actors = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => pds.SignUpAsync()));
        var moments = Enumerable.Range(0, Subscribers).Select(_ => TimeSpan.FromMilliseconds(random.Next(1000))).ToList();

        var joining = moments.Select((moment, i) => JoinAsync(moment, i)).ToList();
        await Task.WhenAll(actors.Select(actor => WriteAsync(actor, Commits)));
        var last = (await actors[0].CreateRecordAsync(Records.Post("the last"))).Ok().GetProperty("commit").GetProperty("rev").GetString()!;

        var frames = await ReadFramesToAsync(await FirehoseReader.OpenAsync(pds.Url, "?cursor=0"), last);
        Assert.Equal((Writers * (4 + Commits)) + 1, frames.Count(frame => actors.Any(actor => actor.Did.Value == frame.Did)));
        var whole = frames.Select(frame => frame.Seq).ToList();
        Assert.True(whole.Zip(whole.Skip(1)).All(pair => pair.First < pair.Second), "Sequence numbers go up");
        foreach (var subscriber in joining)
        {
            var (cursor, firehose) = await subscriber;
            Assert.Equal(whole.Where(seq => seq > cursor), await ReadToAsync(firehose, last));
        }
    }

    [Fact]
    public async Task Each_commit_proves_itself_and_goes_on_from_the_one_before()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(40);
        for (var i = 0; i < 20; i++)
        {
            (await alice.PutRecordAsync(new { about = $"changed {i}" }, Filling.Collection, $"item-{i}")).Ok();
            (await alice.DeleteRecordAsync(Filling.Collection, $"item-{39 - i}")).Ok();
        }

        await using var firehose = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0");
        var frames = await firehose.NextAsync(4 + 1 + 40, alice.Did.Value);

        var relay = await CommitVerifier.FromTheStartAsync(alice, alice.Did);
        relay.VerifyAll(frames.Where(frame => frame.Type == "#commit"));
        Assert.Equal((await alice.ExportAsync()).Records.ToHashSet(), relay.Records.ToHashSet());
    }

    [Fact]
    public async Task Fifty_subscribers_each_receive_every_event_of_a_load()
    {
        const int Writers = 4, Commits = 150, Subscribers = 50;
        var actors = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => pds.SignUpAsync()));
        var first = await WriteOneAsync(actors[0]);
        var cursor = (await ReadFramesToAsync(await FirehoseReader.OpenAsync(pds.Url, "?cursor=0"), first))[^1].Seq;
        var subscribers = await Task.WhenAll(Enumerable.Range(0, Subscribers).Select(_ => FirehoseReader.OpenAsync(pds.Url, $"?cursor={cursor}")));

        await Task.WhenAll(actors.Select(actor => WriteAsync(actor, Commits)));
        var last = await WriteOneAsync(actors[0]);

        var seen = await Task.WhenAll(subscribers.Select(subscriber => ReadToAsync(subscriber, last)));
        Assert.Equal((Writers * Commits) + 1, seen[0].Count);
        Assert.All(seen, one => Assert.Equal(seen[0], one));
    }

    private static async Task<string> WriteOneAsync(Actor actor) =>
        (await actor.CreateRecordAsync(Records.Post())).Ok().GetProperty("commit").GetProperty("rev").GetString()!;

    private static async Task WriteAsync(Actor actor, int commits)
    {
        for (var i = 0; i < commits; i++) (await actor.CreateRecordAsync(Records.Post($"{i}"))).Ok();
    }

    /// <summary>Some begin at the beginning, some where a subscriber before them had got to.</summary>
    private async Task<(long Cursor, FirehoseReader Firehose)> JoinAsync(TimeSpan moment, int number)
    {
        await Task.Delay(moment);
        if (number % 3 > 0) return (0, await FirehoseReader.OpenAsync(pds.Url, "?cursor=0"));

        await using var earlier = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0");
        var cursor = 0L;
        for (var i = 0; i < 12; i++) cursor = (await earlier.NextAsync()).Seq;
        return (cursor, await FirehoseReader.OpenAsync(pds.Url, $"?cursor={cursor}"));
    }

    private static async Task<List<long>> ReadToAsync(FirehoseReader firehose, string rev) =>
        [.. (await ReadFramesToAsync(firehose, rev)).Select(frame => frame.Seq)];

    private static async Task<List<FirehoseReader.Frame>> ReadFramesToAsync(FirehoseReader firehose, string rev)
    {
        await using (firehose)
        {
            var frames = new List<FirehoseReader.Frame>();
            do frames.Add(await firehose.NextAsync());
            while (frames[^1].Body.Text("rev") != rev);
            return frames;
        }
    }
}
