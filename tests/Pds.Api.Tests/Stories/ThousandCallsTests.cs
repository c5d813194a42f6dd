using System.Diagnostics;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Many callers at once whose calls are passed on: the server as a process of its own, so that its memory is nobody else's.</summary>
public sealed class ThousandCallsTests : IAsyncLifetime
{
    private const int Calls = 1_000;
    private const int AnswerBytes = 256 * 1024;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-test-");
    private FakeUpstream _appView = null!;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _appView = await FakeUpstream.StartAsync();
        _server = await ServerProcess.StartAsync(_data, ("PDS_BSKY_APP_VIEW_URL", _appView.Url), ("PDS_BSKY_APP_VIEW_DID", _appView.Did.Value));
    }

    public async Task DisposeAsync()
    {
        _server.Dispose();
        await _appView.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_thousand_calls_at_once_are_each_answered_in_bounded_memory_and_nobody_else_waits()
    {
        var alice = await _server.SignUpAsync("alice.test");
        (await alice.GetAsync("com.example.thing.get")).Ok();
        var before = _server.ReadResidentBytes();

        var answers = Enumerable.Range(0, Calls).Select(i => alice.GetAsync("com.example.thing.get", new { @do = "large", size = AnswerBytes + i })).ToList();
        var started = Stopwatch.GetTimestamp();
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        var waited = Stopwatch.GetElapsedTime(started);

        Assert.Equal(Enumerable.Range(AnswerBytes, Calls), (await Task.WhenAll(answers)).Select(answer => answer.Body.Length));
        Assert.InRange(_server.ReadResidentBytes() - before, long.MinValue, (long)Calls * AnswerBytes / 2);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }
}
