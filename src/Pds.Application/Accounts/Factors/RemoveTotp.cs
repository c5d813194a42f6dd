using MediatR;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Takes an account's authenticator app away, and its backup codes with it unless there are passkeys. Removing what is not there succeeds.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
public sealed record RemoveTotp(Secret Proof) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, StrongFactors strong, FactorNotices notices) : IRequestHandler<RemoveTotp, Unit>
    {
        public async Task<Unit> Handle(RemoveTotp command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            await owner.RequireAsync(account, command.Proof, ct);

            if (await strong.RemoveAuthenticatorAsync(account.Did, ct)) notices.Tell(account, FactorChange.AuthenticatorRemoved);
            return Unit.Value;
        }
    }
}
