namespace Pds.Api.Limits;

/// <summary>How many clients may be connected.</summary>
internal sealed record ConnectionOptions
{
    /// <summary>Connections, those of subscribers apart; further ones are closed as they come.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Subscribers of the firehose.</summary>
    public int MaxSubscribers { get; init; } = 1_000;

    /// <summary>Subscribers of the firehose with one address.</summary>
    public int MaxSubscribersForAddress { get; init; } = 20;
}
