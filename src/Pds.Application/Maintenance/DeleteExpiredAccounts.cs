using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Maintenance;

/// <summary>Deletes the accounts that were deactivated with a date, once it has come, and those that moved in and were never activated. Answers how many.</summary>
/// <remarks>One that is taken down stays until a moderator lifts that: nobody gets rid of what is being looked into by leaving.</remarks>
public sealed record DeleteExpiredAccounts : ICommand<int>
{
    private const int Batch = 100;

    internal sealed class Handler(IAccountEraser eraser, AccountExpiry expiry, TimeProvider time) : IRequestHandler<DeleteExpiredAccounts, int>
    {
        public async Task<int> Handle(DeleteExpiredAccounts command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var deleted = 0;
            while (await eraser.ListDueAsync(now, Batch, ct) is { Count: > 0 } due)
            {
                foreach (var did in due) deleted += await expiry.EndAsync(did, now, ct) ? 1 : 0;
            }

            return deleted;
        }
    }
}
