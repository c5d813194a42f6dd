using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The refresh tokens that are alive. A token that is not here has been revoked. Changes are saved with the unit of work.</summary>
public interface ISessionStore
{
    Task<RefreshToken?> FindAsync(string id, CancellationToken ct);

    /// <summary>Every token of an account, those included that were exchanged or have expired.</summary>
    Task<IReadOnlyList<RefreshToken>> ListAsync(Did did, CancellationToken ct);

    void Add(RefreshToken token);

    /// <summary>Replaces a token that is here.</summary>
    Task UpdateAsync(RefreshToken token, CancellationToken ct);

    /// <summary>Removes a token, those that it was exchanged for, and those that were exchanged for it.</summary>
    Task RemoveChainAsync(string id, CancellationToken ct);

    /// <summary>Every token of an account: all its sessions end.</summary>
    Task RemoveAllAsync(Did did, CancellationToken ct);

    /// <summary>Every token of the sessions that began with an app password.</summary>
    Task RemoveAllAsync(Did did, string appPasswordId, CancellationToken ct);

    /// <summary>Every token of an account that expired before <paramref name="moment"/>.</summary>
    Task RemoveExpiredAsync(Did did, DateTimeOffset moment, CancellationToken ct);
}
