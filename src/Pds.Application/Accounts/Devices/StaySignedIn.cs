using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Signs the caller in on the device that has just signed up. The tokens that <see cref="Server.CreateAccount"/> made are for apps, and nobody has them: they end.</summary>
public sealed record StaySignedIn(DeviceVisit Visit) : ICommand<DeviceKey>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, ISessionStore sessions, DeviceEntry entry) : IRequestHandler<StaySignedIn, DeviceKey>
    {
        public async Task<DeviceKey> Handle(StaySignedIn command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            await sessions.RemoveAllAsync(did, ct);
            return await entry.EnterAsync(command.Visit, did, isRemembered: true, ct);
        }
    }
}
