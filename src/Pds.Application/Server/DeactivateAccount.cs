using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.deactivateAccount</c>: switches the caller's account off; its sessions go on, and can switch it on again.</summary>
/// <param name="DeleteAfter">When the account is to be deleted, if it is still off then (<see cref="Maintenance.DeleteExpiredAccounts"/>); null for never.</param>
public sealed record DeactivateAccount(AtDatetime? DeleteAfter = null) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IAccountStore accounts, IEventLog events, TimeProvider time) : IRequestHandler<DeactivateAccount, Unit>
    {
        public async Task<Unit> Handle(DeactivateAccount command, CancellationToken ct)
        {
            var (now, deleteAfter) = (time.GetUtcNow(), command.DeleteAfter?.ToMoment());
            var account = await accounts.ChangeAsync(
                caller.RequireDid(), account => account with { DeactivatedAt = now, DeleteAfter = deleteAfter }, ct);

            events.Append(new AccountEvent(account.Did, account.Status));
            return Unit.Value;
        }
    }
}
