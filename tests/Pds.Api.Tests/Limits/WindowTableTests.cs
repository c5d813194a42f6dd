using System.Diagnostics;
using Pds.Api.Limits;

namespace Pds.Api.Tests.Limits;

public sealed class WindowTableTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly RateWindow Window = new(30, TimeSpan.FromMinutes(5));

    private readonly WindowTable _table = new(capacity: 1024);

    [Fact]
    public void Counts_each_key_by_itself()
    {
        Assert.Equal(29, Take("a").Remaining);
        Assert.Equal(28, Take("a").Remaining);
        Assert.Equal(29, Take("b").Remaining);
    }

    [Fact]
    public void The_two_windows_of_a_rate_are_apart()
    {
        var key = RateKey.Of("rate", "a");

        _table.Take(key[0], Window, 1, Now);

        Assert.Equal(1, _table.Take(key[1], Window, 1, Now).Consumed);
    }

    [Fact]
    public void Rates_of_different_names_are_apart() => Assert.NotEqual(RateKey.Of("one", "a"), RateKey.Of("two", "a"));

    [Fact]
    public void A_key_of_any_length_is_one_of_its_own()
    {
        var text = new string('x', 100_000);

        Assert.Equal(RateKey.Of("rate", text), RateKey.Of("rate", text));
        Assert.NotEqual(RateKey.Of("rate", text), RateKey.Of("rate", text + "y"));
    }

    [Fact]
    public void Takes_as_much_as_there_is_and_no_more()
    {
        Assert.False(Take("a", 30).IsExceeded);
        Assert.True(Take("a").IsExceeded);
        Assert.Equal(0, Take("a").Remaining);
    }

    [Fact]
    public void Goes_on_counting_without_end()
    {
        for (var i = 0; i < 3; i++) Take("a", int.MaxValue);

        Assert.True(Take("a", int.MaxValue).IsExceeded);
    }

    [Fact]
    public void A_window_ends_where_it_said_it_would()
    {
        var first = Take("a", 30);

        Assert.True(Take("a", 1, first.EndsAt - 1).IsExceeded);
        Assert.Equal(29, Take("a", 1, first.EndsAt).Remaining);
    }

    [Fact]
    public void A_clock_that_is_set_back_locks_nobody_out()
    {
        Take("a", 30);

        Assert.Equal(29, Take("a", 1, Now - 3_600_000).Remaining);
    }

    [Fact]
    public void A_flood_of_keys_takes_no_more_memory_and_frees_nobody_who_is_at_the_limit()
    {
        var (table, random) = (new WindowTable(), new Random(2026));
        table.Take(RateKey.Of("rate", "mallory")[0], Window, 30, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000_000; i++) table.Take(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()), Window, 1, Now);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(table.Take(RateKey.Of("rate", "mallory")[0], Window, 1, Now).IsExceeded);
    }

    [Fact]
    public async Task Counts_exactly_whoever_comes_at_once()
    {
        var (window, key) = (new RateWindow(10_000, TimeSpan.FromMinutes(5)), RateKey.Of("rate", "a")[0]);

        var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 2_000).Count(_ => !_table.Take(key, window, 1, Now).IsExceeded))));

        Assert.Equal(10_000, granted.Sum());
    }

    [Fact]
    public void One_more_costs_microseconds()
    {
        for (var i = 0; i < 10_000; i++) Take($"warm {i}");
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < 10_000; i++) Take("a");

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMicroseconds / 10_000, 0, 100); // on a machine that does other things too
    }

    private LimitStatus Take(string key, int points = 1, long now = Now) => _table.Take(RateKey.Of("rate", key)[0], Window, points, now);
}
