using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.updateAccountPassword</c>: sets an account's password and ends every session of it.</summary>
public sealed record UpdateAccountPassword(Did Did, Secret Password) : ICommand<Unit>, IRepoCommand, IAdminCommand
{
    public string AuditSubject => Did.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Did;

    internal sealed class Handler(IAccountStore accounts, Passwords passwords) : IRequestHandler<UpdateAccountPassword, Unit>
    {
        public async Task<Unit> Handle(UpdateAccountPassword command, CancellationToken ct)
        {
            Passwords.RequireGood(command.Password);
            if (await accounts.FindAsync(command.Did, ct) is null) throw XrpcException.NoSuchAccount(AtIdentifier.Of(command.Did));

            await passwords.ReplaceAsync(command.Did, command.Password, ct);
            return Unit.Value;
        }
    }
}
