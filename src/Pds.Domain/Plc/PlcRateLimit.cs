namespace Pds.Domain.Plc;

/// <summary>How many operations an identity may have in an hour, a day and a week. A recovery is exempt, or a thief could bar it by spending the allowance.</summary>
public static class PlcRateLimit
{
    private static readonly (TimeSpan Within, int Limit, string Name)[] Limits =
        [(TimeSpan.FromDays(7), 100, "week"), (TimeSpan.FromDays(1), 30, "day"), (TimeSpan.FromHours(1), 10, "hour")];

    /// <exception cref="PlcException">The log already holds as many as are allowed.</exception>
    public static void Ensure(PlcLog log, PlcAcceptance acceptance, DateTimeOffset now)
    {
        if (acceptance.Nullified.Count > 0) return;
        foreach (var (within, limit, name) in Limits)
            if (log.Valid.Count(entry => entry.CreatedAt > now - within) >= limit)
                throw new PlcException($"Too many operations within last {name} (max {limit})");
    }
}
