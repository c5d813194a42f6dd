using MediatR;
using Pds.Application.Accounts.Factors;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Gives the caller's account another password. Every session ends but that of the browser that asks.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
/// <param name="Visit">The browser that asks.</param>
public sealed record ChangePassword(Secret Proof, Secret Password, DeviceVisit Visit) : ICommand<DeviceKey>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, Passwords passwords, DeviceEntry entry) : IRequestHandler<ChangePassword, DeviceKey>
    {
        public async Task<DeviceKey> Handle(ChangePassword command, CancellationToken ct)
        {
            Passwords.RequireGood(command.Password);
            var account = caller.RequireAccount();
            await owner.RequireAsync(account, command.Proof, ct);

            await passwords.ReplaceAsync(account.Did, command.Password, ct);
            return await entry.EnterAsync(command.Visit, account.Did, isRemembered: null, ct);
        }
    }
}
