using Pds.Application.Errors;
using Pds.Application.Accounts;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts of this server. What <c>Add</c> and <c>Set…</c> are told is saved with the unit of work.</summary>
public interface IAccountStore
{
    ValueTask<Account?> FindAsync(Did did, CancellationToken ct);

    ValueTask<Account?> FindAsync(Handle handle, CancellationToken ct);

    /// <summary>The account with that address; case does not matter.</summary>
    Task<Account?> FindByEmailAsync(string email, CancellationToken ct);

    /// <summary>Accounts in any state, the oldest first, from after the cursor on; with <paramref name="email"/>, only those whose address contains it, in any case.</summary>
    Task<IReadOnlyList<Account>> ListAsync(string? email, AccountCursor? after, int limit, CancellationToken ct);

    /// <summary>How many accounts there are, in whatever state.</summary>
    Task<long> CountAsync(CancellationToken ct);

    /// <summary>Null where there is no such account, or it has no password.</summary>
    Task<string?> FindPasswordHashAsync(Did did, CancellationToken ct);

    void Add(Account account, string? passwordHash);

    /// <summary>Changes an account from how it is stored now; everything but its DID and its age can change. Call it in the account's turn.</summary>
    /// <exception cref="KeyNotFoundException">There is no such account.</exception>
    Task<Account> ChangeAsync(Did did, Func<Account, Account> change, CancellationToken ct);

    /// <summary>Replaces the stored hash, as when its cost has been raised.</summary>
    Task SetPasswordHashAsync(Did did, string passwordHash, CancellationToken ct);
}

public static class AccountStoreExtensions
{
    /// <summary>Finds an account either way it can be named.</summary>
    public static ValueTask<Account?> FindAsync(this IAccountStore accounts, AtIdentifier identifier, CancellationToken ct) =>
        identifier.Did is { } did ? accounts.FindAsync(did, ct) : accounts.FindAsync(identifier.Handle!, ct);

    /// <summary>An account that was here when the request came in, as it is now: whoever has waited for its turn may find it deleted.</summary>
    /// <exception cref="XrpcException">AccountNotFound.</exception>
    public static async ValueTask<Account> RequireAsync(this IAccountStore accounts, Did did, CancellationToken ct) =>
        await accounts.FindAsync(did, ct) ?? throw XrpcException.AccountNotFound();
}
