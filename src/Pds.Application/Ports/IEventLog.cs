using Pds.Domain.Sync;

namespace Pds.Application.Ports;

/// <summary>An event that has its place: what subscribers are sent, encoded once.</summary>
/// <param name="Seq">Microseconds since the Unix epoch, strictly increasing over the life of the server.</param>
public readonly record struct SequencedEvent(long Seq, ReadOnlyMemory<byte> Frame);

/// <summary>The firehose's memory.</summary>
public interface IEventLog
{
    /// <summary>Buffers an event; it gets its sequence number, and is published, when the unit of work is saved.</summary>
    void Append(RepoEvent repoEvent);

    /// <summary>Buffers what an earlier server told, read one by one as it is saved: each gets the number of its own time, and above the one before, above any that is here, and no less than it had. Nobody is told of them.</summary>
    void AppendPast(IEnumerable<PastEvent> events);

    /// <summary>Events after one number and up to another, in order.</summary>
    Task<IReadOnlyList<SequencedEvent>> ReadAsync(long after, long upTo, int limit, CancellationToken ct);

    /// <summary>The newest number; 0 for none.</summary>
    Task<long> FindLastSeqAsync(CancellationToken ct);

    /// <summary>Forgets events numbered below, but for the newest of them, which tells a later cursor that there was something; says how many.</summary>
    Task<int> TrimAsync(long before, CancellationToken ct);
}
