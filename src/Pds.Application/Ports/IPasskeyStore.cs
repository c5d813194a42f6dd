using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts' passkeys. Changes are saved with the unit of work; make them in the account's turn.</summary>
public interface IPasskeyStore
{
    /// <summary>Those of an account, oldest first.</summary>
    Task<IReadOnlyList<Passkey>> ListAsync(Did did, CancellationToken ct);

    Task<Passkey?> FindAsync(ReadOnlyMemory<byte> id, CancellationToken ct);

    /// <summary>Whose passkeys have that <see cref="Passkey.OwnerIdOf"/>; null for nobody's.</summary>
    Task<Did?> FindOwnerAsync(string ownerId, CancellationToken ct);

    void Add(Passkey passkey);

    /// <summary>Keeps how a passkey was used. Nothing happens where it has gone.</summary>
    Task UpdateAsync(Passkey passkey, CancellationToken ct);

    /// <summary>Nothing happens where there is no such passkey of that account.</summary>
    Task RemoveAsync(Did did, ReadOnlyMemory<byte> id, CancellationToken ct);
}
