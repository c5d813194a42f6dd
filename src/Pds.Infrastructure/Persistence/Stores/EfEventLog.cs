using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfEventLog(EfUnitOfWork unitOfWork, ReadConnections reads, EventSequence sequence) : IEventLog
{
    public void Append(RepoEvent repoEvent) => unitOfWork.Buffer(repoEvent);

    public void AppendPast(IEnumerable<PastEvent> events) => unitOfWork.Buffer(sql =>
    {
        foreach (var past in events) Insert(sql, past.Event, sequence.At(past.At, least: past.Seq));
    });

    public Task<IReadOnlyList<SequencedEvent>> ReadAsync(long after, long upTo, int limit, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query("SELECT seq, frame FROM repo_event WHERE seq > @0 AND seq <= @1 ORDER BY seq LIMIT @2", after, upTo, limit);
        var events = new List<SequencedEvent>();
        while (rows.Read()) events.Add(new SequencedEvent(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        return Task.FromResult<IReadOnlyList<SequencedEvent>>(events);
    }

    public Task<long> FindLastSeqAsync(CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult(FindLastSeq(read.Sql));
    }

    public async Task<int> TrimAsync(long before, CancellationToken ct)
    {
        var trimmed = 0;
        unitOfWork.Buffer(sql => trimmed = sql.Execute(
            "DELETE FROM repo_event WHERE seq < (SELECT max(seq) FROM repo_event WHERE seq < @0)", before));
        await unitOfWork.SaveChangesAsync(ct);
        return trimmed;
    }

    internal static long FindLastSeq(PreparedConnection sql) => (long?)sql.Scalar("SELECT max(seq) FROM repo_event") ?? 0;

    /// <summary>Writes an event with its place, which is when its frame is encoded.</summary>
    internal static SequencedEvent Insert(PreparedConnection sql, RepoEvent repoEvent, (long Seq, DateTimeOffset Time) place)
    {
        var frame = EventFrame.Encode(repoEvent, place.Seq, place.Time);
        sql.Execute("INSERT INTO repo_event (seq, did, type, frame) VALUES (@0, @1, @2, @3)", place.Seq, repoEvent.Did.Value, repoEvent.Type, frame);
        return new SequencedEvent(place.Seq, frame);
    }
}
