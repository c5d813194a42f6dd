using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Maintenance;

/// <summary>Deletes the accounts that were deactivated with a date, once it has come. Answers how many.</summary>
/// <remarks>One that is taken down stays until a moderator lifts that: nobody gets rid of what is being looked into by leaving.</remarks>
public sealed record DeleteExpiredAccounts : ICommand<int>
{
    private const int Batch = 100;

    internal sealed class Handler(IAccountStore accounts, IAccountEraser eraser, AccountRemoval removal, IRepoGate gate, TimeProvider time)
        : IRequestHandler<DeleteExpiredAccounts, int>
    {
        public async Task<int> Handle(DeleteExpiredAccounts command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var deleted = 0;
            while (await eraser.ListDueAsync(now, Batch, ct) is { Count: > 0 } due)
            {
                foreach (var did in due) deleted += await DeleteAsync(did, now, ct) ? 1 : 0;
            }

            return deleted;
        }

        private async Task<bool> DeleteAsync(Did did, DateTimeOffset now, CancellationToken ct)
        {
            // In the account's turn, and asked again: it may have been activated, or given more time, since the list was made.
            using var turn = await gate.EnterAsync(did, ct);
            if (await accounts.FindAsync(did, ct) is not { DeactivatedAt: not null, TakedownRef: null, DeleteAfter: { } date } || date > now) return false;
            await removal.RemoveAsync(did, ct);
            return true;
        }
    }
}
