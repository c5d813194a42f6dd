namespace Pds.Domain.Syntax;

/// <summary>Issues TIDs that only ever go up, even when the wall clock does not.</summary>
public sealed class TidClock(TimeProvider time, int clockId)
{
    private readonly Lock _gate = new();
    private ulong _last;

    /// <summary>A TID later than every one issued before, and later than <paramref name="after"/>.</summary>
    /// <remarks>A repo's rev must pass the one before it, which an imported repo may have taken from a clock ahead of ours.</remarks>
    public Tid Next(Tid? after = null)
    {
        var micros = (ulong)Tid.MicrosecondsOf(time.GetUtcNow());
        lock (_gate)
        {
            _last = Math.Max(micros, _last + 1);
            if (after is { } floor) _last = Math.Max(_last, (floor.Bits >> 10) + 1);
            return new Tid((_last << 10) | ClockId);
        }
    }

    private ulong ClockId => (uint)clockId & 0x3FF;
}
