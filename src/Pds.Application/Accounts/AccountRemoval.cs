using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Removes accounts, whoever wants it. Use it in the account's turn.</summary>
/// <remarks>
/// The account itself goes in one save, with the event that tells of it: from then on nobody can sign in, and its names are free. What it kept may be
/// hundreds of thousands of rows and files. They go after that save, in small ones, so that others can write in between; what a crash leaves is
/// removed after the next start (<see cref="Maintenance.FinishAccountRemovals"/>). What belongs to others stays and may name the DID: the event that tells
/// of the end, the PLC directory's log, the uses of invite codes, the operator's audit log.
/// </remarks>
internal sealed class AccountRemoval(IAccountEraser eraser, HostedDidWeb didWeb, IBlobStore blobs, IEventLog events, IUnitOfWork unitOfWork)
{
    /// <summary>Buffers the removal; everything is gone once the unit of work has been saved.</summary>
    public void Remove(Account account)
    {
        eraser.Erase(account.Did);
        didWeb.Retire(account.Did);
        if (!account.IsArriving) events.Append(new AccountEvent(account.Did, AccountStatus.Deleted)); // what is elsewhere goes on there
        unitOfWork.AfterSave(_ => FinishAsync(account.Did, CancellationToken.None)); // whether whoever asked for it is still there or not
    }

    /// <summary>Removes an account in a save of its own.</summary>
    public Task RemoveAsync(Account account, CancellationToken ct)
    {
        Remove(account);
        return unitOfWork.SaveChangesAsync(ct);
    }

    /// <summary>Removes what is left of an account that was erased.</summary>
    public async Task FinishAsync(Did did, CancellationToken ct)
    {
        if (!await eraser.IsUnfinishedAsync(did, ct)) return; // somebody else has, and the DID may be an account's again

        while (await eraser.RemoveSomeAsync(did, ct)) ct.ThrowIfCancellationRequested();
        await blobs.DeleteAllAsync(did, ct);
        await eraser.FinishAsync(did, ct);
    }
}
