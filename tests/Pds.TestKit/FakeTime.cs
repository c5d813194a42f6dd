namespace Pds.TestKit;

/// <summary>A clock that stands still until it is told otherwise. Timers run on the real one.</summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = start;

    public FakeTime() : this(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    /// <summary>Moves the clock; backwards too.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock) _now += by;
    }
}
