using System.Collections.Immutable;
using System.Threading.Channels;
using Pds.Application.Options;
using Pds.Application.Ports;

namespace Pds.Application.Sequencing;

/// <summary>Hands each durable event to every subscriber that has joined.</summary>
public sealed class Sequencer(SyncOptions options) : IEventPublisher
{
    private readonly Lock _gate = new();
    private ImmutableArray<Subscriber> _subscribers = [];
    private long _last;
    private TaskCompletionSource? _next;

    /// <summary>The number of the newest event published; 0 before the first.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>How many subscribers there are.</summary>
    public int Count => _subscribers.Length;

    /// <summary>Continues after the numbers that the log knows. Called once, before anything is published.</summary>
    public void Resume(long last)
    {
        lock (_gate) _last = Math.Max(_last, last);
    }

    public void Publish(IReadOnlyList<SequencedEvent> events)
    {
        lock (_gate)
        {
            foreach (var subscriber in _subscribers) subscriber.Offer(events);
            _last = events[^1].Seq;
            _next?.TrySetResult();
            _next = null;
        }
    }

    /// <summary>Ends once something has been published after a number; at once where that has happened already.</summary>
    public Task WaitForNextAsync(long after, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_last > after) return Task.CompletedTask;
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task.WaitAsync(ct);
        }
    }

    /// <summary>Joins: everything after <see cref="Subscriber.JoinedAfter"/> will be in the queue.</summary>
    public Subscriber Join()
    {
        lock (_gate)
        {
            var subscriber = new Subscriber(this, _last, options.MaxSubscriptionBuffer);
            _subscribers = _subscribers.Add(subscriber);
            return subscriber;
        }
    }

    private void Leave(Subscriber subscriber)
    {
        lock (_gate) _subscribers = _subscribers.Remove(subscriber);
    }

    /// <summary>One subscriber's queue of live events.</summary>
    public sealed class Subscriber : IDisposable
    {
        private readonly Sequencer _sequencer;
        private readonly Channel<SequencedEvent> _queue;

        internal Subscriber(Sequencer sequencer, long joinedAfter, int capacity)
        {
            (_sequencer, JoinedAfter) = (sequencer, joinedAfter);
            _queue = Channel.CreateBounded<SequencedEvent>(new BoundedChannelOptions(capacity)
            {
                SingleReader = true,
                SingleWriter = true,
                FullMode = BoundedChannelFullMode.Wait, // with TryWrite: refuses when full
            });
        }

        /// <summary>The newest number that was published before joining: it and what is below come from the log.</summary>
        public long JoinedAfter { get; }

        /// <summary>Set when the queue overflowed; what is in it is still good.</summary>
        public bool IsTooSlow { get; private set; }

        /// <summary>The live events; ends when the subscriber was too slow.</summary>
        public ChannelReader<SequencedEvent> Events => _queue.Reader;

        public void Dispose() => _sequencer.Leave(this);

        internal void Offer(IReadOnlyList<SequencedEvent> events)
        {
            if (IsTooSlow) return;
            foreach (var sequenced in events)
            {
                if (_queue.Writer.TryWrite(sequenced)) continue;
                IsTooSlow = true;
                _queue.Writer.Complete();
                return;
            }
        }
    }
}
