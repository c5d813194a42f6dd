using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>Brings the end of an official server's firehose here, as far as a cursor reaches back, so that a relay which was away for a while misses nothing.</summary>
/// <remarks>What is not newer than the newest event here is left out: an earlier run has brought it, or this server has told of newer things.</remarks>
internal sealed class EventTakeover(IOfficialServer official, IEventLog log, SyncOptions options, TimeProvider time, IUnitOfWork unitOfWork)
{
    /// <summary>Brings them in one save, as they must be in their order; says how many.</summary>
    public async Task<int> TakeOverAsync(CancellationToken ct)
    {
        var (last, count) = (await log.FindLastSeqAsync(ct), 0);
        log.AppendPast(official.ReadEvents(time.GetUtcNow() - options.BackfillLimit).Where(past => Tid.MicrosecondsOf(past.At) > last).Select(past =>
        {
            count++;
            return past;
        }));
        await unitOfWork.SaveChangesAsync(ct);
        return count;
    }
}
