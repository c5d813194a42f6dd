using MediatR;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Asks whoever has an open page for the password again, before something that takes no proof itself.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
public sealed record ProveOwner(Secret Proof) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner) : IRequestHandler<ProveOwner, Unit>
    {
        public async Task<Unit> Handle(ProveOwner command, CancellationToken ct)
        {
            await owner.RequireAsync(caller.RequireAccount(), command.Proof, ct);
            return Unit.Value;
        }
    }
}
