using System.Buffers.Binary;
using Pds.Application.Ports;
using Pds.Application.Sequencing;
using Pds.Domain.Sync;

namespace Pds.Application.Tests.Sequencing;

/// <summary>An event log in memory with its sequencer. Frames are their own numbers.</summary>
internal sealed class FakeEventLog(Sequencer sequencer) : IEventLog
{
    private readonly List<SequencedEvent> _events = [];

    /// <summary>Runs before each page is read, and again before it is handed out: when writers like to come in between.</summary>
    public Action? AroundRead { get; set; }

    public int Reads { get; private set; }

    /// <summary>Writes events and tells the sequencer, as the one writer does.</summary>
    public void Write(params long[] numbers) => sequencer.Publish(Save(numbers));

    /// <summary>Writes events of which the sequencer is yet to be told.</summary>
    public IReadOnlyList<SequencedEvent> Save(params long[] numbers)
    {
        SequencedEvent[] batch = [.. numbers.Select(Event)];
        _events.AddRange(batch);
        return batch;
    }

    public Task<IReadOnlyList<SequencedEvent>> ReadAsync(long after, long upTo, int limit, CancellationToken ct)
    {
        AroundRead?.Invoke();
        IReadOnlyList<SequencedEvent> page = [.. _events.Where(logged => logged.Seq > after && logged.Seq <= upTo).Take(limit)];
        Reads++;
        AroundRead?.Invoke();
        return Task.FromResult(page);
    }

    public Task<long> FindLastSeqAsync(CancellationToken ct) => Task.FromResult(_events.Count > 0 ? _events[^1].Seq : 0);

    public void Append(RepoEvent repoEvent) => throw new NotSupportedException();

    public void AppendPast(IEnumerable<PastEvent> events) => throw new NotSupportedException();

    public Task<int> TrimAsync(long before, CancellationToken ct) => throw new NotSupportedException();

    public static SequencedEvent Event(long number)
    {
        var frame = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(frame, number);
        return new SequencedEvent(number, frame);
    }

    public static long NumberOf(ReadOnlyMemory<byte> frame) => BinaryPrimitives.ReadInt64BigEndian(frame.Span);
}
