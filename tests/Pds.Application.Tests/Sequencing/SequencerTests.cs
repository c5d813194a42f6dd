using Pds.Application.Options;
using Pds.Application.Sequencing;

namespace Pds.Application.Tests.Sequencing;

public sealed class SequencerTests
{
    private readonly Sequencer _sequencer = new(new SyncOptions { BackfillLimit = TimeSpan.FromDays(1), MaxSubscriptionBuffer = 3 });

    [Fact]
    public void Hands_every_subscriber_what_is_published_after_it_joined()
    {
        Publish(1);
        using var early = _sequencer.Join();
        Publish(2, 3);
        using var late = _sequencer.Join();
        Publish(4);

        Assert.Equal((1, 3), (early.JoinedAfter, late.JoinedAfter));
        Assert.Equal([2, 3, 4], Queued(early));
        Assert.Equal([4], Queued(late));
        Assert.Equal(4, _sequencer.Last);
    }

    [Fact]
    public void Hands_out_the_same_memory_to_everybody()
    {
        using var one = _sequencer.Join();
        using var other = _sequencer.Join();
        var published = FakeEventLog.Event(1);

        _sequencer.Publish([published]);

        Assert.True(one.Events.TryRead(out var first) && other.Events.TryRead(out var second) && first.Frame.Equals(published.Frame) && second.Frame.Equals(published.Frame));
    }

    [Fact]
    public void One_that_has_left_is_forgotten()
    {
        var subscriber = _sequencer.Join();
        Assert.Equal(1, _sequencer.Count);

        subscriber.Dispose();
        Publish(1);

        Assert.Equal(0, _sequencer.Count);
        Assert.Empty(Queued(subscriber));
    }

    [Fact]
    public async Task One_that_is_too_slow_keeps_what_it_has_and_gets_no_more()
    {
        using var slow = _sequencer.Join();
        using var quick = _sequencer.Join();

        Publish(1, 2);
        Assert.Equal([1, 2], Queued(quick));
        Publish(3, 4); // the fourth does not fit
        Assert.Equal([3, 4], Queued(quick));
        Assert.Equal([1, 2, 3], Queued(slow));
        Publish(5); // there would be room again

        Assert.True(slow.IsTooSlow);
        Assert.False(quick.IsTooSlow);
        Assert.False(await slow.Events.WaitToReadAsync());
        Assert.Equal([5], Queued(quick));
    }

    [Fact]
    public void Resuming_never_goes_back()
    {
        _sequencer.Resume(10);
        _sequencer.Resume(5);

        Assert.Equal(10, _sequencer.Last);
    }

    private void Publish(params long[] numbers) => _sequencer.Publish([.. numbers.Select(FakeEventLog.Event)]);

    private static List<long> Queued(Sequencer.Subscriber subscriber)
    {
        var numbers = new List<long>();
        while (subscriber.Events.TryRead(out var queued)) numbers.Add(queued.Seq);
        return numbers;
    }
}
