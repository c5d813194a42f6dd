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
}
