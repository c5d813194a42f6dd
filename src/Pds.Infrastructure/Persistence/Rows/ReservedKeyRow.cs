using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A signing key that waits for its use, sealed under the operator's key with its public half as context.</summary>
internal sealed class ReservedKeyRow
{
    public required DidKey PublicKey { get; init; }

    /// <summary>Whom it is for; null for whoever knows the public half.</summary>
    public required Did? Did { get; init; }

    public required byte[] SealedKey { get; init; }

    public required DateTimeOffset ReservedAt { get; init; }
}
