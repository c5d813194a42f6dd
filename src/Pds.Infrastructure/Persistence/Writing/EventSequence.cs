using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Writing;

/// <summary>Sequence numbers: microseconds since the Unix epoch, and always more than the last, whatever the clock does.</summary>
/// <remarks>A restored or moved server goes on above every number it ever gave, so a relay's cursor stays good. Used by the one writer only.</remarks>
internal sealed class EventSequence(TimeProvider time)
{
    private long _last;

    /// <summary>Continues after the numbers that were given before this start.</summary>
    public void Resume(long last) => _last = Math.Max(_last, last);

    public (long Seq, DateTimeOffset Time) Next() => At(time.GetUtcNow(), least: 0);

    /// <summary>The number of something that was at that time, and no less than <paramref name="least"/>.</summary>
    public (long Seq, DateTimeOffset Time) At(DateTimeOffset moment, long least)
    {
        _last = Math.Max(Math.Max(Tid.MicrosecondsOf(moment), least), _last + 1);
        return (_last, moment);
    }
}
