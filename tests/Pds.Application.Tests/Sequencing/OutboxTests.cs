using Pds.Application.Options;
using Pds.Application.Sequencing;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Application.Tests.Sequencing;

/// <summary>Time stands at a million microseconds and a second's worth of events can be asked for again, so the window begins where a test says.</summary>
public sealed class OutboxTests
{
    private const int Capacity = 5;

    private readonly SyncOptions _options = new() { BackfillLimit = TimeSpan.FromSeconds(1), MaxSubscriptionBuffer = Capacity };
    private readonly FakeTime _time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(1)); // the window begins at 0
    private readonly Sequencer _sequencer;
    private readonly FakeEventLog _log;

    public OutboxTests() => (_sequencer, _log) = NewLog(_options);

    [Fact]
    public async Task Without_a_cursor_only_what_happens_from_now_on()
    {
        _log.Write(1, 2);
        await using var frames = Read(null);

        var next = frames.MoveNextAsync();
        _log.Write(3);

        Assert.True(await next);
        Assert.Equal(3, FakeEventLog.NumberOf(frames.Current));
        Assert.Equal(0, _log.Reads);
    }

    [Fact]
    public async Task A_cursor_is_the_last_number_seen()
    {
        _log.Write(1, 2, 3);
        await using var frames = Read(2);

        Assert.Equal([3], await TakeAsync(frames, 1));
    }

    [Fact]
    public async Task The_newest_number_is_no_future()
    {
        _log.Write(1);
        await using var frames = Read(1);

        var next = frames.MoveNextAsync();
        _log.Write(2);

        Assert.True(await next);
        Assert.Equal(2, FakeEventLog.NumberOf(frames.Current));
    }

    [Fact]
    public async Task A_cursor_beyond_the_newest_ends_in_FutureCursor()
    {
        _log.Write(1);
        await using var frames = Read(2);

        Assert.True(await frames.MoveNextAsync());
        Assert.Equal((-1, "FutureCursor"), Named(frames.Current));
        Assert.False(await frames.MoveNextAsync());
    }

    [Theory]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1000)]
    public async Task Replays_any_number_of_pages(int count)
    {
        _log.Write([.. Enumerable.Range(1, count).Select(number => (long)number)]);
        await using var frames = Read(-1);

        Assert.Equal(Enumerable.Range(1, count).Select(number => (long)number), await TakeAsync(frames, count));
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_writers_come_in_between_reading_and_joining()
    {
        var next = 1L;
        _log.AroundRead = () => _log.Write(next++);
        await using var frames = Read(0);

        var replayed = await TakeAsync(frames, 3); // some before joining, some after it, and from the queue
        _log.AroundRead = null;
        _log.Write(next++);

        Assert.Equal(6, next);
        var queued = await TakeAsync(frames, 2);
        Assert.Equal([1, 2, 3, 4, 5], replayed.Concat(queued));
        var live = frames.MoveNextAsync();
        _log.Write(next);
        Assert.True(await live);
        Assert.Equal(6, FakeEventLog.NumberOf(frames.Current));
    }

    [Fact]
    public async Task What_is_in_the_log_a_moment_before_it_is_published_is_sent_once()
    {
        _log.Write(1);
        var saved = _log.Save(2);
        await using var frames = Read(0);

        var taken = TakeAsync(frames, 3); // has read the log, and joined, when it comes back
        _sequencer.Publish(saved);
        _log.Write(3);

        Assert.Equal([1, 2, 3], await taken);
    }

    [Fact]
    public async Task A_long_replay_does_not_fill_the_queue()
    {
        var next = 1L;
        Write(1000);
        _log.AroundRead = () => Write(next < 3000 ? 75 : 0); // less than a page for each page, and far more than the queue holds
        await using var frames = Read(0);

        var replayed = await TakeAsync(frames, 3000);

        Assert.Equal(Enumerable.Range(1, 3000).Select(number => (long)number), replayed);

        void Write(int count)
        {
            if (count == 0) return;
            _log.Write([.. Enumerable.Range(0, count).Select(i => next + i)]);
            next += count;
        }
    }

    [Fact]
    public async Task A_cursor_before_the_window_is_told_so_and_goes_on_from_what_is_in_it()
    {
        _log.Write(10, 20, 30);
        _time.Advance(TimeSpan.FromMicroseconds(20)); // the window begins after 20
        await using var frames = Read(5);

        Assert.True(await frames.MoveNextAsync());
        Assert.Equal((1, "OutdatedCursor"), Named(frames.Current));
        Assert.Equal([30], await TakeAsync(frames, 1));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    public async Task A_cursor_after_which_nothing_is_missing_is_not_outdated(long cursor)
    {
        _log.Write(10, 20, 30);
        _time.Advance(TimeSpan.FromMicroseconds(28));
        await using var frames = Read(cursor);

        Assert.Equal([30], await TakeAsync(frames, 1));
    }

    [Fact]
    public async Task One_that_is_too_slow_gets_what_is_queued_then_ConsumerTooSlow_and_is_let_go()
    {
        await using var frames = Read(null);
        var next = frames.MoveNextAsync();
        _log.Write(1);
        Assert.True(await next);

        for (var number = 2L; number <= 2 + Capacity; number++) _log.Write(number); // one more than fit

        Assert.Equal(Enumerable.Range(2, Capacity).Select(number => (long)number), await TakeAsync(frames, Capacity));
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal((-1, "ConsumerTooSlow"), Named(frames.Current));
        Assert.False(await frames.MoveNextAsync());
        Assert.Equal(0, _sequencer.Count);
    }

    [Fact]
    public async Task One_that_leaves_is_let_go()
    {
        using var gone = new CancellationTokenSource();
        var frames = Read(null, gone.Token);
        var next = frames.MoveNextAsync();
        Assert.Equal(1, _sequencer.Count);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await frames.DisposeAsync();
        Assert.Equal(0, _sequencer.Count);
    }

    private static (Sequencer Sequencer, FakeEventLog Log) NewLog(SyncOptions options)
    {
        var sequencer = new Sequencer(options);
        return (sequencer, new FakeEventLog(sequencer));
    }

    private IAsyncEnumerator<ReadOnlyMemory<byte>> Read(long? cursor, CancellationToken ct = default) =>
        new Outbox(_sequencer, _log, _options, _time).ReadAsync(cursor, ct).GetAsyncEnumerator(ct);

    private static async Task<List<long>> TakeAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> frames, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count && await frames.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))) numbers.Add(FakeEventLog.NumberOf(frames.Current));
        return numbers;
    }

    /// <summary>The op of a frame that is not an event, and its name.</summary>
    private static (long Op, string? Name) Named(ReadOnlyMemory<byte> frame)
    {
        var reader = new DagCborReader(frame.Span);
        var header = (LexObject)reader.ReadValue();
        var body = (LexObject)reader.ReadValue();
        return (((LexInteger)header["op"]!).Value, body.Text("name") ?? body.Text("error"));
    }
}
