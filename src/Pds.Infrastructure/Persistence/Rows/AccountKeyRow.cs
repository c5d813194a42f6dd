using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>An account's signing key, sealed under the operator's key with the DID as context.</summary>
internal sealed class AccountKeyRow
{
    public required Did Did { get; init; }

    public required Curve Curve { get; set; }

    public required byte[] SealedKey { get; set; }
}
