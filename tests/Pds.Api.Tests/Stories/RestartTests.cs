using System.Diagnostics;
using System.Net.WebSockets;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The server is stopped as by SIGTERM, and started again.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly PdsFixture _pds = new();

    public Task InitializeAsync() => _pds.InitializeAsync();

    public Task DisposeAsync() => _pds.DisposeAsync();

    [Fact]
    public async Task Stops_within_five_seconds_and_tells_its_subscribers_so()
    {
        var alice = await _pds.SignUpAsync();
        var subscribers = await Task.WhenAll(
            FirehoseReader.OpenAsync(_pds.Url), FirehoseReader.OpenAsync(_pds.Url, "?cursor=0"), FirehoseReader.OpenAsync(_pds.Url));
        await subscribers[1].NextAsync(4, alice.Did.Value); // one of them at least is in the middle of it
        using var idle = await RawConnection.OpenAsync(_pds.Url);
        var started = Stopwatch.GetTimestamp();

        await _pds.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);
        foreach (var subscriber in subscribers)
        {
            Assert.DoesNotContain(await subscriber.ToEndAsync(), frame => frame.Type is null); // the end is no error
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, subscriber.CloseStatus);
            await subscriber.DisposeAsync();
        }
    }

    [Fact]
    public async Task All_that_was_there_is_there_again()
    {
        var alice = await _pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("a file"u8.ToArray());
        var uri = (await alice.CreateRecordAsync(new { attachment = blob }, "com.example.note")).Ok().GetProperty("uri").GetString()!;
        var before = await alice.GetLatestCommitAsync();
        var told = await ReplayAsync(alice.Did.Value);

        await _pds.RestartAsync();

        var again = new Actor(_pds.Url, alice.Session, alice.Password);
        Assert.Equal(before, await again.GetLatestCommitAsync());
        Assert.Equal(["com.example.note/" + Records.RkeyOf(uri)], (await again.ExportAsync()).Records.Keys);
        Assert.Equal("a file", (await again.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid = blob.GetProperty("ref").GetProperty("$link").GetString() })).Text);
        (await again.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password })).Ok();
        (await again.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
        Assert.Equal(told, await ReplayAsync(alice.Did.Value));
    }

    [Fact]
    public async Task Goes_on_where_it_was()
    {
        var alice = await _pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        var lastSeq = (await FramesAsync(alice.Did.Value, 4))[^1].Seq;

        await _pds.RestartAsync();
        var again = new Actor(_pds.Url, alice.Session, alice.Password);
        await using var firehose = await FirehoseReader.OpenAsync(_pds.Url, $"?cursor={lastSeq}");
        (await again.CreateRecordAsync(Records.Post())).Ok();

        var frame = await firehose.NextAsync();
        Assert.True(frame.Seq > lastSeq);
        Assert.Equal(before.Rev.ToString(), frame.Body.Text("since"));
        Assert.True((await again.GetLatestCommitAsync()).Rev.CompareTo(before.Rev) > 0);
    }

    [Fact]
    public async Task Every_write_that_was_answered_outlives_a_stop_in_the_middle_of_writing()
    {
        var actors = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _pds.SignUpAsync()));
        var writing = actors.Select(WriteUntilRefusedAsync).ToList();
        await Task.Delay(300);

        await _pds.StopAsync();
        var written = await Task.WhenAll(writing);
        await _pds.StartAsync();

        foreach (var (actor, uris) in actors.Zip(written))
        {
            Assert.NotEmpty(uris);
            var repo = await new Actor(_pds.Url, actor.Session, actor.Password).ExportAsync();
            Assert.All(uris, uri => Assert.Contains(uri["at://".Length..].Split('/', 2)[1], repo.Records.Keys));
            Assert.InRange(repo.Records.Count, uris.Count, uris.Count + 1); // the last may have been saved and not answered
        }
    }

    private static async Task<List<string>> WriteUntilRefusedAsync(Actor actor)
    {
        var uris = new List<string>();
        try
        {
            while (await actor.CreateRecordAsync(Records.Post($"{uris.Count}")) is { Status: System.Net.HttpStatusCode.OK } answer)
                uris.Add(answer.Json.GetProperty("uri").GetString()!);
        }
        catch (HttpRequestException)
        {
            // The server is gone.
        }

        return uris;
    }

    private async Task<IReadOnlyList<FirehoseReader.Frame>> FramesAsync(string did, int count)
    {
        await using var firehose = await FirehoseReader.OpenAsync(_pds.Url, "?cursor=0");
        return await firehose.NextAsync(count, did);
    }

    private async Task<IEnumerable<string>> ReplayAsync(string did) => (await FramesAsync(did, 5)).Select(frame => Convert.ToHexString(frame.Bytes));
}
