using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Devices;

/// <summary>Signs an account out on a device. Signing out what is not signed in succeeds.</summary>
/// <remarks>Whoever sends this has proved to be either the device or the account's owner.</remarks>
public sealed record SignOut(DeviceId Device, Did Did) : ICommand<Unit>
{
    internal sealed class Handler(IDeviceStore devices) : IRequestHandler<SignOut, Unit>
    {
        public async Task<Unit> Handle(SignOut command, CancellationToken ct)
        {
            await devices.RemoveSignInAsync(command.Device, command.Did, ct);
            return Unit.Value;
        }
    }
}
