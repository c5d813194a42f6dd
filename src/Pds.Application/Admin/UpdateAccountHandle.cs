using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Identity.Updating;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.updateAccountHandle</c>: gives an account another handle, a reserved one too.</summary>
public sealed record UpdateAccountHandle(Did Did, Handle Handle) : ICommand<Unit>, IRepoCommand, IHandleCommand, IAdminCommand
{
    string IAdminCommand.AuditSubject => Did.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Did;

    internal sealed class Handler(HandleChange change) : IRequestHandler<UpdateAccountHandle, Unit>
    {
        public async Task<Unit> Handle(UpdateAccountHandle command, CancellationToken ct)
        {
            await change.ApplyAsync(command.Did, command.Handle, allowReserved: true, ct);
            return Unit.Value;
        }
    }
}
