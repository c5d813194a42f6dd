using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Ends all sessions of an account at once, whatever they began with: a new password and a takedown do. Use it in the account's turn.</summary>
internal sealed class SessionsEnd(ISessionStore sessions, IAccountStore accounts, TimeProvider time)
{
    /// <summary>Buffers the end of every session; from then on no token that was issued before is taken. App passwords stay, and begin new ones.</summary>
    /// <returns>The account as it will be.</returns>
    public async Task<Account> EndAllAsync(Did did, CancellationToken ct)
    {
        await sessions.RemoveAllAsync(did, ct);
        return await accounts.ChangeAsync(did, account => account with { SessionsValidFrom = time.GetUtcNow() }, ct);
    }
}
