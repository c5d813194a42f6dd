using Pds.Application.Errors;

namespace Pds.Application.Ports;

/// <summary>What a relay knows of a server (<c>com.atproto.sync.getHostStatus</c>).</summary>
/// <param name="Status"><c>active</c>, <c>idle</c>, <c>offline</c>, <c>throttled</c>, <c>banned</c>, or what else the relay says; null where it says nothing.</param>
/// <param name="Seq">The newest event that it has taken; it may lag behind what it really has.</param>
/// <param name="AccountCount">How many accounts it counts as the server's.</param>
public sealed record HostStatus(string? Status, long? Seq, long? AccountCount);

/// <summary>The relays, which fetch what is new here once they are told to.</summary>
public interface IRelays
{
    /// <summary>Asks a relay to come (<c>com.atproto.sync.requestCrawl</c>).</summary>
    /// <exception cref="XrpcException">UpstreamFailure: it refuses, or cannot be reached.</exception>
    Task RequestCrawlAsync(Uri relay, CancellationToken ct);

    /// <summary>Asks a relay what it knows of this server; null where it knows no such host.</summary>
    /// <inheritdoc cref="RequestCrawlAsync"/>
    Task<HostStatus?> FindHostStatusAsync(Uri relay, CancellationToken ct);
}
