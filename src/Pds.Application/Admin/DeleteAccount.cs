using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.deleteAccount</c>: removes an account and all that is kept of it, as the administrator.</summary>
public sealed record DeleteAccount(Did Did) : ICommand<Unit>, IRepoCommand, IAdminCommand
{
    public string AuditSubject => Did.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Did;

    internal sealed class Handler(IAccountStore accounts, AccountRemoval removal) : IRequestHandler<DeleteAccount, Unit>
    {
        public async Task<Unit> Handle(DeleteAccount command, CancellationToken ct)
        {
            removal.Remove(await accounts.FindAsync(command.Did, ct) ?? throw XrpcException.InvalidRequest("account not found"));
            return Unit.Value;
        }
    }
}
