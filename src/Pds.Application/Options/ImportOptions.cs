namespace Pds.Application.Options;

/// <summary>Repos that accounts bring along from elsewhere.</summary>
public sealed record ImportOptions
{
    /// <summary>A repo of some millions of records. Without a bound one account could fill the disk.</summary>
    public const long DefaultMaxSize = 1024L * 1024 * 1024;

    public bool IsAccepting { get; init; } = true;

    /// <summary>The largest CAR, in bytes, and the most that its records may take up.</summary>
    public long MaxSize { get; init; } = DefaultMaxSize;

    /// <summary>The most blocks of a CAR, and the most records of a repo: each costs memory or a row, however small it is.</summary>
    public int MaxBlocks { get; init; } = 3_000_000;

    /// <summary>Where CARs lie while they are checked.</summary>
    public required string Directory { get; init; }
}
