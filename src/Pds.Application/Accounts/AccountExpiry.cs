using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Ends an account whose date has come: one that its owner switched off until then, or one that moved in and was never switched on.</summary>
/// <remarks>
/// The latter may be all that is left of somebody, if its identity names this server and only the last step failed. So its identity is asked first, and
/// as long as that is so, or cannot be told, the account stays.
/// </remarks>
internal sealed class AccountExpiry(IAccountStore accounts, AccountRemoval removal, IdentityCheck identity, IRepoGate gate, IUnitOfWork unitOfWork)
{
    /// <summary>How long an account that moves in stays before it is looked at again.</summary>
    private static readonly TimeSpan Respite = TimeSpan.FromDays(1);

    /// <summary>How long an account that moves in stays whose identity cannot be resolved.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromDays(30);

    /// <summary>Deletes the account if its time has come by <paramref name="now"/>; says whether it did.</summary>
    public async Task<bool> EndAsync(Did did, DateTimeOffset now, CancellationToken ct)
    {
        // In the account's turn, and asked again: it may have been activated, or given more time, since somebody found it due.
        using var turn = await gate.EnterAsync(did, ct);
        if (await accounts.FindAsync(did, ct) is not { DeactivatedAt: not null, TakedownRef: null, DeleteAfter: { } date } account || date > now) return false;

        if (account.IsArriving && await IsNeededAsync(account, now, ct))
        {
            await accounts.ChangeAsync(did, stored => stored with { DeleteAfter = now + Respite }, ct);
            await unitOfWork.SaveChangesAsync(ct);
            return false;
        }

        await removal.RemoveAsync(account, ct);
        return true;
    }

    private async Task<bool> IsNeededAsync(Account account, DateTimeOffset now, CancellationToken ct) =>
        await identity.NamesThisServerAsync(account.Did, ct) ?? account.CreatedAt + MostPatience > now;
}
