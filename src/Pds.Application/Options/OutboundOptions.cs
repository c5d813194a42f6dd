namespace Pds.Application.Options;

/// <summary>Requests to addresses that come from users or from the network.</summary>
public sealed record OutboundOptions
{
    /// <summary>Whether they may reach loopback and private addresses over plain HTTP. Never on a server that strangers can use.</summary>
    public required bool AllowPrivateAddresses { get; init; }

    /// <summary>The largest answer that is read, in bytes.</summary>
    public required long MaxResponseSize { get; init; }
}
