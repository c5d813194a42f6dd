using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The names of this server's that are did:web identities whose accounts have left. Changes are saved with the unit of work.</summary>
public interface IDepartedNameStore
{
    ValueTask<DepartedName?> FindAsync(Handle name, CancellationToken ct);

    /// <summary>Writes down that an account has moved, and where to; in the place of what was written before.</summary>
    void SetMoved(Handle name, MovedAccount account);

    /// <summary>Writes down that an account was deleted. One that had moved before goes on where it is.</summary>
    void SetDeleted(Handle name);

    /// <summary>The account is back.</summary>
    void Remove(Handle name);
}
