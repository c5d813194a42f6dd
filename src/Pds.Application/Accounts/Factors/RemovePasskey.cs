using MediatR;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Takes a passkey of the caller's account away. Backup codes go with the last factor that they stand in for. Removing what is not there succeeds.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
/// <param name="Id">See <see cref="Passkey"/>.</param>
public sealed record RemovePasskey(Secret Proof, ReadOnlyMemory<byte> Id) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, StrongFactors strong, FactorNotices notices) : IRequestHandler<RemovePasskey, Unit>
    {
        public async Task<Unit> Handle(RemovePasskey command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            await owner.RequireAsync(account, command.Proof, ct);

            if (await strong.RemovePasskeyAsync(account.Did, command.Id, ct) is not null) notices.Tell(account, FactorChange.PasskeyRemoved);
            return Unit.Value;
        }
    }
}
