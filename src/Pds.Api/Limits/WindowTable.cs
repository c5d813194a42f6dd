namespace Pds.Api.Limits;

/// <summary>The windows that are open, of any number of keys in memory that does not grow.</summary>
/// <remarks>
/// A key has a few places where it can be. When a new one finds them all taken, the window that is used up least gives way: whoever makes up keys
/// pushes out others that were made up, and not a client that is near its limit.
/// </remarks>
internal sealed class WindowTable
{
    /// <summary>Windows; six megabytes of them, which the system only gives once they are used.</summary>
    public const int UsualCapacity = 1 << 18;

    private const int Places = 8;
    private const int Stripes = 256;

    private readonly Window[] _windows;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];
    private readonly ulong _mask;

    /// <param name="capacity">A power of two, 8 or more.</param>
    public WindowTable(int capacity = UsualCapacity) => (_windows, _mask) = (new Window[capacity], (ulong)(capacity / Places) - 1);

    /// <summary>Counts some points, also beyond the limit, and opens a window where none is open.</summary>
    /// <param name="now">In unix milliseconds.</param>
    public LimitStatus Take(UInt128 key, RateWindow window, int points, long now)
    {
        var length = (long)window.Length.TotalMilliseconds;
        var group = (int)((ulong)(key >> 64) & _mask);
        lock (_locks[group % Stripes])
        {
            ref var place = ref Find(_windows.AsSpan(group * Places, Places), (ulong)key, now);
            if (!place.IsOpen((ulong)key, now, length)) place = new Window { Key = (ulong)key, EndsAt = now + length, Points = window.Points };

            place.Consumed = (int)Math.Min(int.MaxValue, (long)place.Consumed + points);
            return new LimitStatus(window, place.Consumed, place.EndsAt);
        }
    }

    /// <summary>The key's own place, or a free one, or that of the window that gives way.</summary>
    private static ref Window Find(Span<Window> group, ulong key, long now)
    {
        var best = 0;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i].Key == key && group[i].EndsAt > now) return ref group[i];
            if (group[i].UsedAt(now) < group[best].UsedAt(now)) best = i;
        }

        return ref group[best];
    }

    private struct Window
    {
        public ulong Key;
        public long EndsAt;
        public int Consumed;
        public int Points;

        /// <summary>A window that ends later than one that began now was opened before the clock was set back.</summary>
        public readonly bool IsOpen(ulong key, long now, long length) => Key == key && EndsAt > now && EndsAt <= now + length;

        /// <summary>The part that is used up; nothing where it has ended.</summary>
        public readonly double UsedAt(long now) => EndsAt > now ? (double)Consumed / Points : 0;
    }
}
