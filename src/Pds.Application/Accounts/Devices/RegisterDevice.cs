using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Remembers a new browser before anybody signs in on it, as an authorization request needs: forgotten after <see cref="Device.ForgottenAfter"/> where nobody does.</summary>
public sealed record RegisterDevice(DeviceVisit Visit) : ICommand<DeviceKey>
{
    internal sealed class Handler(IDeviceStore devices, TimeProvider time) : IRequestHandler<RegisterDevice, DeviceKey>
    {
        public async Task<DeviceKey> Handle(RegisterDevice command, CancellationToken ct)
        {
            var key = new DeviceKey(DeviceId.New(), Device.NewSecret());
            await devices.PutAsync(Device.Create(key.Id, key.Secret, command.Visit.UserAgent, command.Visit.Address, time.GetUtcNow()), ct);
            return key;
        }
    }
}
