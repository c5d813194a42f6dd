using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.Maintenance;

/// <summary>Forgets browsers that nobody is signed in on any more. Answers how many sign-ins and browsers went.</summary>
public sealed record ExpireDevices : ICommand<int>
{
    internal sealed class Handler(IDeviceStore devices, TimeProvider time) : IRequestHandler<ExpireDevices, int>
    {
        public Task<int> Handle(ExpireDevices command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            return devices.RemoveExpiredAsync(now, now - Device.ForgottenAfter, ct);
        }
    }
}
