namespace Pds.Application.Options;

/// <summary>How long answers about identities are believed.</summary>
public sealed record IdentityCacheOptions
{
    /// <summary>A DID document older than this is still answered, but asked for anew meanwhile.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A DID document older than this is not answered any more.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a handle's DID is believed.</summary>
    public TimeSpan HandleMaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long "there is none" is believed.</summary>
    public TimeSpan NoneMaxAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many DIDs, and how many handles, are kept at most.</summary>
    public int Capacity { get; init; } = 10_000;
}
