using Microsoft.Extensions.Logging;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Importing;

/// <summary>Puts a repo that the caller has brought in the place of his own.</summary>
internal sealed partial class ImportCompletion(AccountGate accounts, IRepoGate gate, IEventLog events, IUnitOfWork unitOfWork, ILogger<ImportCompletion> log)
{
    /// <exception cref="XrpcException">InvalidSwap: the repo has changed since; AccountNotFound, AccountTakedown.</exception>
    public async Task CompleteAsync(PreparedImport import, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(import.Commit.Did, ct);
        var account = await accounts.RequireCallerAsync(ct); // as it is now: a large repo takes minutes

        import.Apply();
        if (account.IsActive) events.Append(SyncEvent.Of(import.Commit)); // who follows the account has nothing to compare this head with
        await unitOfWork.SaveChangesAsync(CancellationToken.None);

        var (added, replaced, removed, _) = import.Difference;
        LogImported(account.Did, added, replaced, removed);
    }

    [LoggerMessage(LogLevel.Information, "Imported a repo of {Did}: {Added} records added, {Replaced} replaced, {Removed} removed")]
    private partial void LogImported(Did did, long added, long replaced, long removed);
}
