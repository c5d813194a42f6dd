using MediatR;
using Pds.Application.Accounts.Factors;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Ends every session of the caller's account, in apps and in browsers, at once; only the browser that asks stays signed in.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
/// <param name="Visit">The browser that asks.</param>
public sealed record EndOtherSessions(Secret Proof, DeviceVisit Visit) : ICommand<DeviceKey>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, SessionsEnd sessions, DeviceEntry entry) : IRequestHandler<EndOtherSessions, DeviceKey>
    {
        public async Task<DeviceKey> Handle(EndOtherSessions command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            await owner.RequireAsync(account, command.Proof, ct);

            await sessions.EndAllAsync(account.Did, ct);
            return await entry.EnterAsync(command.Visit, account.Did, isRemembered: null, ct);
        }
    }
}
