using Pds.Domain.Crypto;
using Pds.Domain.OAuth;

namespace Pds.Application.Ports;

/// <summary>What OAuth clients publish about themselves, fetched within bounds and remembered for some minutes.</summary>
public interface IClientDocuments
{
    /// <exception cref="OAuthException">invalid_client_id, invalid_client_metadata, invalid_redirect_uri: it cannot be had now, or breaks a rule.</exception>
    Task<ClientMetadata> FindAsync(ClientId client, CancellationToken ct);

    /// <summary>A client's keys, wherever they are.</summary>
    /// <param name="kid">The key that is looked for: where it is not among those that are remembered, they are fetched anew, though not over and over.</param>
    /// <exception cref="OAuthException">invalid_client_metadata: they cannot be had now.</exception>
    Task<IReadOnlyList<Jwk>> FindKeysAsync(ClientMetadata client, string kid, CancellationToken ct);
}
