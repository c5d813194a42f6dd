using Pds.Domain.OAuth;

namespace Pds.Application.Options;

/// <summary>What the operator says of OAuth clients.</summary>
public sealed record OAuthOptions
{
    /// <summary>Clients that the operator vouches for: people are shown what these call themselves, and need not consent again each time.</summary>
    public required IReadOnlySet<ClientId> TrustedClients { get; init; }
}
