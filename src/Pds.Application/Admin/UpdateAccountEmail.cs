using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.updateAccountEmail</c>: gives an account another address, without a code. It has to be confirmed, and is no second factor until then.</summary>
/// <remarks>The operator may set what nobody may sign up with, as long as mail can be sent there.</remarks>
public sealed record UpdateAccountEmail(AtIdentifier Account, string Email) : ICommand<Unit>, IAdminCommand
{
    public string AuditSubject => Account.ToString();

    internal sealed class Handler(IAccountStore accounts, EmailAddresses addresses, IRepoGate gate) : IRequestHandler<UpdateAccountEmail, Unit>
    {
        public async Task<Unit> Handle(UpdateAccountEmail command, CancellationToken ct)
        {
            var email = EmailAddresses.RequireWellFormed(command.Email);
            var account = await accounts.FindAsync(command.Account, ct) ?? throw XrpcException.NoSuchAccount(command.Account);

            using var turn = await gate.EnterAsync(account.Did, ct);
            await addresses.ChangeAsync(account.Did, email, ct);
            return Unit.Value;
        }
    }
}
