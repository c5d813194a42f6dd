using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>The accounts of a device, the last to sign in first.</summary>
/// <param name="Device">The device that the browser has proved to be.</param>
public sealed record ListSignIns(DeviceId Device) : IQuery<IReadOnlyList<ListSignIns.Item>>
{
    /// <param name="Holds">Whether it is signed in still; otherwise its password is asked for.</param>
    /// <param name="SignedInAt">When its password was last asked for.</param>
    public sealed record Item(Account Account, bool Holds, DateTimeOffset SignedInAt);

    internal sealed class Handler(IDeviceStore devices, IAccountStore accounts, TimeProvider time) : IRequestHandler<ListSignIns, IReadOnlyList<Item>>
    {
        public async Task<IReadOnlyList<Item>> Handle(ListSignIns query, CancellationToken ct)
        {
            var items = new List<Item>();
            foreach (var signIn in await devices.ListSignInsAsync(query.Device, ct))
            {
                if (await accounts.FindAsync(signIn.Did, ct) is { } account)
                    items.Add(new Item(account, signIn.Holds(account, time.GetUtcNow()), signIn.SignedInAt));
            }

            return items;
        }
    }
}
