namespace Pds.Domain.Accounts;

/// <summary>How accounts earn invite codes: one for each whole interval of their lives, as far as it lies after the epoch.</summary>
/// <param name="Interval">More than zero.</param>
public sealed record InviteAllowance(TimeSpan Interval, DateTimeOffset Epoch)
{
    /// <summary>Whoever has so many earned codes that still work gets no more before one is used.</summary>
    public const int MaxOpen = 5;

    /// <summary>How many codes an account has earned and not been given yet: 0 to <see cref="MaxOpen"/>.</summary>
    /// <param name="accountCreatedAt">When its life began.</param>
    /// <param name="codes">All codes that it has. Those that the administrator gave it do not count.</param>
    /// <param name="now">The end of the life so far.</param>
    public int CountDue(DateTimeOffset accountCreatedAt, IEnumerable<InviteCode> codes, DateTimeOffset now)
    {
        var earned = codes.Where(code => code.CreatedBy != InviteOwner.Admin).ToList();
        var open = earned.Count(code => !code.Disabled && !code.IsUsedUp);
        var sinceEpoch = earned.Count(code => code.CreatedAt > Epoch);
        var intervals = CountIntervals(now - accountCreatedAt) - CountIntervals(Epoch - accountCreatedAt);

        return (int)Math.Clamp(intervals - sinceEpoch, 0, Math.Max(0, MaxOpen - open));
    }

    private long CountIntervals(TimeSpan life) => Math.Max(0, life.Ticks / Interval.Ticks);
}
