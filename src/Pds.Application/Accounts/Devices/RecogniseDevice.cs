using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Finds out whether a browser is the device that its cookie says. Answers the cookie that it is to have from now on; null where it is not that device.</summary>
/// <remarks>
/// Secrets change every day. One that is neither the last nor, until that was shown, the one before was copied: then either the thief or the owner
/// is here, and nobody stays signed in on that device.
/// </remarks>
/// <param name="Key">What the cookie says.</param>
public sealed record RecogniseDevice(DeviceKey Key, string? UserAgent, string Address) : ICommand<DeviceKey?>
{
    /// <summary>How old what is known of a device may get before it is written again.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    internal sealed class Handler(IDeviceStore devices, IRepoGate gate, IUnitOfWork unitOfWork, TimeProvider time) : IRequestHandler<RecogniseDevice, DeviceKey?>
    {
        public async Task<DeviceKey?> Handle(RecogniseDevice command, CancellationToken ct)
        {
            using var turn = await gate.EnterAsync(DeviceEntry.TurnOf(command.Key.Id), ct); // two pages at once are given one new secret
            if (await devices.FindAsync(command.Key.Id, ct) is not { } device) return null;

            var key = await JudgeAsync(device, command, ct);
            await unitOfWork.SaveChangesAsync(ct);
            return key;
        }

        private async Task<DeviceKey?> JudgeAsync(Device device, RecogniseDevice command, CancellationToken ct)
        {
            var (now, secret) = (time.GetUtcNow(), command.Key.Secret);
            var proof = device.Check(secret, now);
            if (proof == DeviceProof.Wrong)
            {
                await devices.RemoveAsync(device.Id, ct);
                return null;
            }

            var seen = device.SeenWith(secret, command.UserAgent, command.Address, now);
            if (proof == DeviceProof.Aged)
            {
                var next = Device.NewSecret();
                await devices.PutAsync(seen.Rotate(secret, next, now), ct);
                return new DeviceKey(device.Id, next);
            }

            var isKnown = (seen.Address, seen.UserAgent, seen.PreviousHash is null) == (device.Address, device.UserAgent, device.PreviousHash is null);
            if (!isKnown || now - device.SeenAt > Precision) await devices.PutAsync(seen, ct);
            return command.Key;
        }
    }
}
