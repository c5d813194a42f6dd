using CsCheck;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Domain.Tests.Syntax;

public sealed class TidClockTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void Says_the_microseconds_and_the_clock() // the ten low bits
    {
        var tid = new TidClock(_time, clockId: 5).Next();

        Assert.Equal((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10, tid.Microseconds);
        Assert.Equal(5UL, tid.Bits & 0x3FF);
    }

    [Fact]
    public void Goes_up_while_the_clock_stands_or_goes_back()
    {
        var clock = new TidClock(_time, 5);
        var first = clock.Next();

        var second = clock.Next();
        _time.Advance(TimeSpan.FromDays(-1));
        var third = clock.Next();

        Assert.Equal([first, second, third], new[] { third, first, second }.Order());
    }

    [Fact]
    public void Passes_a_rev_that_was_taken_from_a_clock_ahead_of_ours()
    {
        var clock = new TidClock(_time, 5);
        var ahead = new Tid((ulong)(clock.Next().Microseconds + 1_000_000) << 10 | 1023);

        var next = clock.Next(after: ahead);

        Assert.True(next > ahead);
        Assert.Equal(ahead.Microseconds + 1, next.Microseconds);
        Assert.True(clock.Next() > next, "It went back after it had passed the rev");
    }

    [Fact]
    public void Is_not_held_back_by_a_rev_of_long_ago()
    {
        var clock = new TidClock(_time, 5);

        Assert.Equal(new TidClock(_time, 5).Next(), clock.Next(after: default(Tid)));
    }

    [Fact]
    public void Never_gives_a_tid_that_is_not_later_than_all_before() =>
        Gen.Select(Gen.Long[-5_000_000, 5_000_000], Gen.Long[-5_000_000, 5_000_000], Gen.Bool).Array[1, 30].Sample(steps =>
        {
            var time = new FakeTime();
            var clock = new TidClock(time, 5);
            var last = default(Tid);
            foreach (var (move, distance, hasFloor) in steps)
            {
                time.Advance(TimeSpan.FromMicroseconds(move));
                Tid? floor = hasFloor ? new Tid((ulong)((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10 + distance) << 10 | 1023) : null;

                var next = clock.Next(floor);

                Assert.True(next > last);
                Assert.True(floor is null || next > floor);
                last = next;
            }
        });

    [Fact]
    public void Serves_many_threads_without_giving_one_twice()
    {
        var clock = new TidClock(TimeProvider.System, 5);

        var tids = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).SelectMany(_ => Enumerable.Range(0, 1000).Select(_ => clock.Next())).ToList();

        Assert.Equal(8000, tids.Distinct().Count());
    }
}
