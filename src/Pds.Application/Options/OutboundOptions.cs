namespace Pds.Application.Options;

/// <summary>Requests to addresses that users or the network name.</summary>
public sealed record OutboundOptions
{
    /// <summary>Whether they may go to this machine itself, and by http. For the sandbox.</summary>
    public bool AllowsLoopback { get; init; }
}
