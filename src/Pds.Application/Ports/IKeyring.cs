using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts' signing keys, encrypted at rest and held ready to sign.</summary>
public interface IKeyring
{
    /// <summary>The key that signs an account's commits.</summary>
    /// <exception cref="KeyNotFoundException">There is none: the account does not exist.</exception>
    ValueTask<ISigningKey> GetAsync(Did did, CancellationToken ct);

    /// <summary>Keeps a new account's key; saved with the unit of work.</summary>
    void Add(Did did, PrivateKey key);

    /// <summary>Puts another key in the place of an account's; it signs from the moment that the unit of work is saved.</summary>
    /// <exception cref="KeyNotFoundException">The account has none.</exception>
    Task ReplaceAsync(Did did, PrivateKey key, CancellationToken ct);
}
