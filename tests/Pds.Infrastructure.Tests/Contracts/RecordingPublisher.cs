using System.Collections.Concurrent;
using Pds.Application.Ports;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Remembers what was published; fails instead while it is told to.</summary>
internal sealed class RecordingPublisher : IEventPublisher
{
    private readonly ConcurrentQueue<SequencedEvent> _events = [];

    /// <summary>Called with each batch before it is remembered: a place to look around, or to throw from.</summary>
    public Action<IReadOnlyList<SequencedEvent>>? OnPublish { get; set; }

    public IReadOnlyList<SequencedEvent> Events => [.. _events];

    public void Publish(IReadOnlyList<SequencedEvent> events)
    {
        OnPublish?.Invoke(events);
        foreach (var sequenced in events) _events.Enqueue(sequenced);
    }
}
