using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.confirmEmail</c>: proves with the code that was sent there that the address is the account's.</summary>
public sealed record ConfirmEmail(string Email, Secret Token) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IAccountStore accounts, EmailTokens tokens, TimeProvider time) : IRequestHandler<ConfirmEmail, Unit>
    {
        public async Task<Unit> Handle(ConfirmEmail command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            if (account.Email is not { } email || EmailAddress.Fold(email) != EmailAddress.Fold(command.Email)) throw XrpcException.InvalidEmail();

            await tokens.TakeAsync(account.Did, EmailTokenPurpose.ConfirmEmail, command.Token, ct);
            await accounts.ChangeAsync(account.Did, found => found with { EmailConfirmedAt = time.GetUtcNow() }, ct);
            return Unit.Value;
        }
    }
}
