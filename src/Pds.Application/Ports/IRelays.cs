using Pds.Application.Errors;

namespace Pds.Application.Ports;

/// <summary>The relays, which fetch what is new here once they are told to.</summary>
public interface IRelays
{
    /// <summary>Asks a relay to come (<c>com.atproto.sync.requestCrawl</c>).</summary>
    /// <exception cref="XrpcException">UpstreamFailure: it refuses, or cannot be reached.</exception>
    Task RequestCrawlAsync(Uri relay, CancellationToken ct);
}
