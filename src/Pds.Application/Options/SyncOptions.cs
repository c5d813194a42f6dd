namespace Pds.Application.Options;

/// <summary>The firehose.</summary>
public sealed record SyncOptions
{
    /// <summary>How far back a cursor reaches.</summary>
    public required TimeSpan BackfillLimit { get; init; }

    /// <summary>How many events a slow consumer may lag before it is let go.</summary>
    public required int MaxSubscriptionBuffer { get; init; }

    /// <summary>Relays that are asked to come for what is new here.</summary>
    public IReadOnlyList<Uri> Crawlers { get; init; } = [];
}
