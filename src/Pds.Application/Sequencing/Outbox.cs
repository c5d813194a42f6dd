using System.Runtime.CompilerServices;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Sequencing;

/// <summary>What one subscriber is sent: the log from its cursor on, then live events, as frames. See README.md for the cut-over.</summary>
internal sealed class Outbox(Sequencer sequencer, IEventLog log, SyncOptions options, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Frames until the subscriber leaves. A cursor from the future, and a subscriber that is too slow, end in an error frame.</summary>
    /// <remarks>Without a cursor they begin at the moment of this call, not at that of the first frame's reading.</remarks>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long? cursor, CancellationToken ct = default) => ReadAsync(cursor, sequencer.Last, ct);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long? cursor, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        if (cursor > sequencer.Last)
        {
            yield return EventFrame.Encode(ErrorFrame.FutureCursor);
            yield break;
        }

        var sent = cursor ?? last;
        if (cursor is not null)
        {
            var start = FindWindowStart();
            if (cursor < start && (await log.ReadAsync(sent, start, limit: 1, ct)).Count > 0)
            {
                // Something that the cursor asks for lies before the window: say so, and go on from what is in it.
                yield return EventFrame.Encode(InfoFrame.OutdatedCursor);
                sent = start;
            }

            // Most of the log before joining, so that the queue need not hold what is written while it is read.
            for (var more = true; more;)
            {
                // Never further than what is published: the rest is in the log a moment before it is in the queues, and would be sent twice.
                var page = await log.ReadAsync(sent, sequencer.Last, PageSize, ct);
                foreach (var logged in page) yield return logged.Frame;
                if (page.Count > 0) sent = page[^1].Seq;
                more = page.Count == PageSize;
            }
        }

        using var subscriber = sequencer.Join();
        while (sent < subscriber.JoinedAfter)
        {
            var page = await log.ReadAsync(sent, subscriber.JoinedAfter, PageSize, ct);
            if (page.Count == 0) break;
            foreach (var logged in page) yield return logged.Frame;
            sent = page[^1].Seq;
        }

        await foreach (var live in subscriber.Events.ReadAllAsync(ct)) yield return live.Frame;
        if (subscriber.IsTooSlow) yield return EventFrame.Encode(ErrorFrame.ConsumerTooSlow);
    }

    /// <summary>Where the backfill window begins, as a sequence number: numbers are microseconds.</summary>
    private long FindWindowStart() => Tid.MicrosecondsOf(time.GetUtcNow() - options.BackfillLimit);
}
