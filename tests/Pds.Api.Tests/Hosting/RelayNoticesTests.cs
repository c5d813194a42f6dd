using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pds.Api.Hosting;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Sequencing;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Hosting;

public sealed class RelayNoticesTests : IAsyncDisposable
{
    private static readonly Uri First = new("https://relay.example.com");
    private static readonly Uri Second = new("https://relay.example.org");
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    private readonly SteppedTime _time = new();
    private readonly RecordedLog _log = new();
    private readonly FakeRelays _relays = new();
    private readonly FakeHost _host = new();
    private readonly Sequencer _sequencer = new(new SyncOptions { BackfillLimit = TimeSpan.FromDays(1), MaxSubscriptionBuffer = 10 });
    private long _seq;
    private RelayNotices? _notices;

    public async ValueTask DisposeAsync()
    {
        if (_notices is { } notices)
        {
            await notices.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
            notices.Dispose();
        }

        _host.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Asks_each_relay_once_the_server_serves_and_not_before()
    {
        await StartAsync(isServing: false, First, Second, First);
        await Task.Delay(50);
        Assert.Empty(_relays.Asked);

        _host.Serve();

        await AreAskedAsync(First, Second);
    }

    [Fact]
    public async Task Asks_again_after_twenty_minutes_in_which_something_was_written_however_much_it_was()
    {
        await StartAsync(First);
        await WaitsAsync(RelayNotices.Pause);

        for (var i = 0; i < 100; i++) Publish();
        _time.Advance(RelayNotices.Pause - Instant);
        await Task.Delay(50);
        await AreAskedAsync(First);
        _time.Advance(Instant);

        await AreAskedAsync(First, First);
    }

    [Fact]
    public async Task Asks_at_once_about_what_is_written_after_a_longer_silence_and_never_about_nothing()
    {
        await StartAsync(First);
        await WaitsAsync(RelayNotices.Pause);
        _time.Advance(RelayNotices.Pause * 10);
        await Task.Delay(50);
        await AreAskedAsync(First);

        Publish();

        await AreAskedAsync(First, First);
    }

    [Fact]
    public async Task Tries_again_with_longer_and_longer_pauses_until_it_is_heard_and_says_so_once()
    {
        _relays.Failures[First] = XrpcException.UpstreamFailure("The relay cannot be reached");
        await StartAsync(First);

        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            await WaitsAsync(TimeSpan.FromMinutes(minutes));
            _time.Advance(TimeSpan.FromMinutes(minutes));
        }

        await WaitsAsync(RelayNotices.LongestRetry);
        _relays.Failures.Clear();
        _time.Advance(RelayNotices.LongestRetry);
        await WaitsAsync(RelayNotices.Pause);

        var lines = _log.Lines.Where(line => line.Contains("The relay https", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["Warning The relay https://relay.example.com/ was asked to come, in vain: The relay cannot be reached. It is asked again until it hears ", "Information The relay https://relay.example.com/ hears again "],
            lines);
    }

    [Fact]
    public async Task One_that_hangs_keeps_neither_the_others_nor_the_shutdown_waiting()
    {
        _relays.Hanging.Add(First);
        await StartAsync(First, Second);

        await AreAskedAsync(First, Second);

        await _notices!.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(_notices.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Goes_on_whatever_a_relay_does()
    {
        _relays.Failures[First] = new InvalidOperationException("Something that nobody thought of");
        await StartAsync(First);
        await WaitsAsync(RelayNotices.FirstRetry);

        _relays.Failures.Clear();
        _time.Advance(RelayNotices.FirstRetry);

        await AreAskedAsync(First, First);
    }

    [Fact]
    public async Task A_sandbox_asks_nobody()
    {
        await StartAsync(isServing: true, isSandbox: true, First);

        await _notices!.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(_relays.Asked);
    }

    private Task StartAsync(params Uri[] relays) => StartAsync(isServing: true, isSandbox: false, relays);

    private Task StartAsync(bool isServing, params Uri[] relays) => StartAsync(isServing, isSandbox: false, relays);

    private async Task StartAsync(bool isServing, bool isSandbox, params Uri[] relays)
    {
        var service = new ServiceOptions
        {
            Hostname = "pds.example.com", PublicUrl = "https://pds.example.com", Did = Did.Parse("did:web:pds.example.com"), IsSandbox = isSandbox, Version = "1", InviteRequired = false,
        };
        var sync = new SyncOptions { BackfillLimit = TimeSpan.FromDays(1), MaxSubscriptionBuffer = 10, Crawlers = relays };
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _notices = new RelayNotices(_relays, _sequencer, sync, service, _host, _time, factory.CreateLogger<RelayNotices>());
        if (isServing) _host.Serve();
        await _notices.StartAsync(CancellationToken.None);
    }

    private void Publish() => _sequencer.Publish([new SequencedEvent(++_seq, ReadOnlyMemory<byte>.Empty)]);

    private async Task AreAskedAsync(params Uri[] relays)
    {
        await Eventually.IsTrueAsync(() => _relays.Asked.Count >= relays.Length);
        Assert.Equal(relays.Order(Comparer<Uri>.Create((a, b) => string.CompareOrdinal(a.Host, b.Host))), _relays.Asked.OrderBy(relay => relay.Host, StringComparer.Ordinal));
    }

    private Task WaitsAsync(TimeSpan wait) => Eventually.IsTrueAsync(() => _time.Waits.SequenceEqual([wait]));

    private sealed class FakeRelays : IRelays
    {
        private readonly ConcurrentQueue<Uri> _asked = [];

        public IReadOnlyList<Uri> Asked => [.. _asked];

        public ConcurrentDictionary<Uri, Exception> Failures { get; } = [];

        public List<Uri> Hanging { get; } = [];

        public async Task RequestCrawlAsync(Uri relay, CancellationToken ct)
        {
            _asked.Enqueue(relay);
            if (Hanging.Contains(relay)) await Task.Delay(Timeout.Infinite, ct);
            if (Failures.TryGetValue(relay, out var failure)) throw failure;
        }

        public Task<HostStatus?> FindHostStatusAsync(Uri relay, CancellationToken ct) => throw new NotSupportedException();
    }

    private sealed class FakeHost : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Serve() => _started.Cancel();

        public void StopApplication() => throw new NotSupportedException();

        public void Dispose() => _started.Dispose();
    }
}
