using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts' app passwords. Changes are saved with the unit of work.</summary>
public interface IAppPasswordStore
{
    /// <summary>Null for one that was revoked, and for one of another account.</summary>
    AppPassword? Find(Did did, string id);

    /// <summary>The app password of an account that has that hash.</summary>
    AppPassword? Find(Did did, ReadOnlyMemory<byte> hash);

    /// <summary>All of an account, the newest first.</summary>
    Task<IReadOnlyList<AppPassword>> ListAsync(Did did, CancellationToken ct);

    void Add(AppPassword appPassword);

    /// <summary>Replaces the stored hash of one that is here, as when it was an official server's.</summary>
    Task SetHashAsync(AppPassword appPassword, ReadOnlyMemory<byte> hash, CancellationToken ct);

    /// <summary>Removes one that is here.</summary>
    Task RemoveAsync(AppPassword appPassword, CancellationToken ct);
}
