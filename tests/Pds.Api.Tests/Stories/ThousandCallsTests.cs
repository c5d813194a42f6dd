using System.Diagnostics;
using System.Net.Http.Headers;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Many callers at once whose calls are passed on: the server as a process of its own, so that its memory is nobody else's.</summary>
public sealed class ThousandCallsTests : IAsyncLifetime
{
    private const int Calls = 1_000;
    private const int AnswerBytes = 1024 * 1024;

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

        using var http = new HttpClient { BaseAddress = new Uri(_server.Url) };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(alice.Authorization!);
        var lengths = Enumerable.Range(0, Calls).Select(i => CountAsync(http, AnswerBytes + i)).ToList();
        var started = Stopwatch.GetTimestamp();
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        var waited = Stopwatch.GetElapsedTime(started);

        Assert.Equal(Enumerable.Range(AnswerBytes, Calls), await Task.WhenAll(lengths));
        Assert.InRange(_server.ReadResidentBytes() - before, long.MinValue, (long)Calls * AnswerBytes / 4);
        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    /// <summary>Reads an answer and keeps nothing of it: a gigabyte in all would be this process's own.</summary>
    private static async Task<int> CountAsync(HttpClient http, int size)
    {
        using var answer = await http.GetAsync(new Uri($"/xrpc/com.example.thing.get?do=large&size={size}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, length) = (new byte[16 * 1024], 0);
        while (await body.ReadAsync(buffer) is var count and > 0) length += count;
        return length;
    }
}
