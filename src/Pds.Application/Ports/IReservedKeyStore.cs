using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Signing keys that were made ahead of their use, encrypted at rest. Changes are saved with the unit of work.</summary>
/// <remarks>
/// A key that is reserved for an account of this server is kept for good. Any other, for a DID that is not here (yet) or for none, is
/// <em>unclaimed</em>: it is good for <see cref="UnclaimedLifetime"/> and then as if it had never been.
/// </remarks>
public interface IReservedKeyStore
{
    /// <summary>How long an unclaimed key is kept.</summary>
    static readonly TimeSpan UnclaimedLifetime = TimeSpan.FromDays(1);

    /// <summary>The key that is reserved for a DID.</summary>
    Task<DidKey?> FindAsync(Did did, CancellationToken ct);

    /// <summary>The private half of a key that is reserved for a DID, or for none; null where it is not.</summary>
    Task<PrivateKey?> OpenAsync(Did did, DidKey publicKey, CancellationToken ct);

    /// <summary>How many keys are unclaimed.</summary>
    Task<int> CountUnclaimedAsync(CancellationToken ct);

    /// <summary>Reserves a key for a DID, or for whoever knows its public half, and forgets those whose time is over. One that is reserved already stays so.</summary>
    void Add(DidKey publicKey, PrivateKey key, Did? did);

    /// <summary>Ends a reservation: the key is in use.</summary>
    void Remove(DidKey publicKey);
}
