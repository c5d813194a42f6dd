using Pds.Domain.Crypto;

namespace Pds.Application.Options;

/// <summary>Handles and DIDs.</summary>
public sealed record IdentityOptions
{
    /// <summary>The suffixes under which handles are given out, each with its leading dot.</summary>
    public required IReadOnlyList<string> HandleDomains { get; init; }

    /// <summary>The PLC directory; null for the embedded one.</summary>
    public Uri? PlcUrl { get; init; }

    /// <summary>Signs the PLC operations of this server's accounts.</summary>
    public required PrivateKey PlcRotationKey { get; init; }

    /// <summary>A key of the operator's that goes above the server's in new accounts' rotation keys.</summary>
    public DidKey? RecoveryKey { get; init; }

    /// <summary>Whether session answers carry the DID document.</summary>
    public bool DidDocWithSession { get; init; }

    /// <summary>DNS servers, by name or address, that are asked for a handle's record when the system's own have no answer.</summary>
    public IReadOnlyList<string> BackupNameservers { get; init; } = [];

    /// <summary>After this a cached DID document is still used, while a fresh one is fetched.</summary>
    public TimeSpan CacheStaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After this a cached DID document is not used any more.</summary>
    public TimeSpan CacheExpiresAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long one look-up of a DID or handle may take.</summary>
    public TimeSpan ResolverTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
