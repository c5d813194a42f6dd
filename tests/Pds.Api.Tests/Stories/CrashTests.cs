using System.Collections.Concurrent;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The server is killed under load, again and again, and nothing that it has answered for is lost.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Rounds = 4;
    private const int Writers = 4;
    private const int WritesARound = 150;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-crash-");
    private readonly ConcurrentDictionary<string, string> _acknowledged = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task What_was_acknowledged_outlives_a_kill()
    {
        var actors = new List<Actor>();
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await ServerProcess.StartAsync(_data);
            if (round == 0) actors.AddRange(await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => server.SignUpAsync($"writer{i}.test"))));

            var writing = actors.Select((actor, i) => WriteUntilItFailsAsync(server.Again(actor), $"r{round}w{i}")).ToList();
            var enough = (round + 1) * WritesARound;
            await Eventually.IsTrueAsync(() => _acknowledged.Count >= enough);
            await server.KillAsync();
            await Task.WhenAll(writing);
        }

        using var last = await ServerProcess.StartAsync(_data);
        foreach (var actor in actors) (await last.Again(actor).CreateRecordAsync(Records.Post("still here"))).Ok();
        await CheckAsync(last, [.. actors.Select(last.Again)]);
        Assert.Equal(0, await last.TerminateAsync());
    }

    /// <summary>Creates, changes and deletes records, and remembers what was answered for: a path's CID, or nothing where it was deleted.</summary>
    private async Task WriteUntilItFailsAsync(Actor actor, string name)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var rkey = $"{name}-{i}";
                await PutAsync(actor, rkey, new { number = i, text = new string('x', i % 7 * 1000) });
                if (i % 5 == 4) await PutAsync(actor, rkey, new { number = -i });
                if (i % 11 == 10) await DeleteAsync(actor, $"{name}-{i - 3}");
            }
        }
        catch (Exception ended) when (ended is HttpRequestException or IOException)
        {
            // Killed.
        }
    }

    private async Task PutAsync(Actor actor, string rkey, object record)
    {
        _acknowledged.TryRemove(Uri(actor, rkey), out _); // until it is answered for, it may be the old or the new one
        var put = (await actor.PutRecordAsync(record, Filling.Collection, rkey)).Ok();
        _acknowledged[Uri(actor, rkey)] = put.GetProperty("cid").GetString()!;
    }

    private async Task DeleteAsync(Actor actor, string rkey)
    {
        _acknowledged.TryRemove(Uri(actor, rkey), out _);
        (await actor.DeleteRecordAsync(Filling.Collection, rkey)).Ok();
        _acknowledged[Uri(actor, rkey)] = "";
    }

    private static string Uri(Actor actor, string rkey) => $"{actor.Did}/{Filling.Collection}/{rkey}";

    private async Task CheckAsync(ServerProcess server, IReadOnlyList<Actor> actors)
    {
        var found = new Dictionary<string, Cid>();
        var relays = new Dictionary<string, (CommitVerifier Verifier, Cid Head)>();
        foreach (var actor in actors)
        {
            var repo = await actor.ExportAsync(); // verifies itself
            foreach (var (path, cid) in repo.Records) found.Add($"{actor.Did}/{path}", cid);
            relays.Add(actor.Did.Value, (await CommitVerifier.FromTheStartAsync(actor, actor.Did), repo.Commit.Cid));
        }

        foreach (var (uri, cid) in _acknowledged) Assert.Equal((uri, cid), (uri, found.TryGetValue(uri, out var present) ? present.ToString() : ""));
        await CheckEventsAsync(server, relays);
        foreach (var actor in actors)
            Assert.Equal((await actor.ExportAsync()).Records.ToHashSet(), relays[actor.Did.Value].Verifier.Records.ToHashSet());
    }

    /// <summary>Follows every repo from its first commit to its head: each event goes on from the one before, and none is missing.</summary>
    private static async Task CheckEventsAsync(ServerProcess server, Dictionary<string, (CommitVerifier Verifier, Cid Head)> relays)
    {
        await using var firehose = await FirehoseReader.OpenAsync(server.Url, "?cursor=0");
        var behind = relays.Keys.ToHashSet();
        while (behind.Count > 0)
        {
            var frame = await firehose.NextAsync();
            if (frame.Type != "#commit") continue;
            var (verifier, head) = relays[frame.Did];
            if (verifier.Verify(frame).Cid == head) behind.Remove(frame.Did);
            else Assert.Contains(frame.Did, behind); // none after the head
        }
    }
}
