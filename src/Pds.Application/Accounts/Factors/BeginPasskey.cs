using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Begins to add a passkey to the caller's account: what its browser needs to make one. Nothing is asked of sign-ins before <see cref="AddPasskey"/>.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
public sealed record BeginPasskey(Secret Proof) : ICommand<PasskeyCeremony>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, IPasskeyStore passkeys, IPasskeyCeremonies ceremonies) : IRequestHandler<BeginPasskey, PasskeyCeremony>
    {
        public async Task<PasskeyCeremony> Handle(BeginPasskey command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            RequireRoom(await passkeys.ListAsync(account.Did, ct));
            await owner.RequireAsync(account, command.Proof, ct);

            return await ceremonies.BeginAddingAsync(account);
        }
    }

    /// <exception cref="XrpcException">InvalidRequest.</exception>
    internal static void RequireRoom(IReadOnlyList<Passkey> present)
    {
        if (present.Count >= Passkey.Most) throw XrpcException.InvalidRequest($"An account has {Passkey.Most} passkeys at the most: remove one first");
    }
}
