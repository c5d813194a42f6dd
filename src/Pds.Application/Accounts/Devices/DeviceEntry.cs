using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Devices;

/// <summary>Lets accounts in on devices.</summary>
internal sealed class DeviceEntry(IDeviceStore devices, IRepoGate gate, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>Signs an account in, in its turn, and gives the device another secret: whoever planted or copied its cookie before is not signed in with it. Saves by itself.</summary>
    /// <param name="visit">The browser.</param>
    /// <param name="did">Whose turn it is.</param>
    /// <param name="isRemembered">Whether to stay signed in there; null for as before.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<DeviceKey> EnterAsync(DeviceVisit visit, Did did, bool? isRemembered, CancellationToken ct)
    {
        var id = visit.Known ?? DeviceId.New();
        using var turn = await gate.EnterAsync(TurnOf(id), ct);

        var (now, secret) = (time.GetUtcNow(), Device.NewSecret());
        var known = await devices.FindAsync(id, ct);
        if (known is null) id = DeviceId.New(); // it was signed out a moment ago, and its name may be known to somebody

        await devices.PutAsync(known?.Renew(secret, now) ?? Device.Create(id, secret, visit.UserAgent, visit.Address, now), ct);
        await devices.PutSignInAsync(new DeviceSignIn(id, did, now, now, isRemembered ?? await IsRememberedAsync(id, did, ct)), ct);
        await unitOfWork.SaveChangesAsync(ct);
        return new DeviceKey(id, secret);
    }

    /// <summary>What whoever changes a device's secret holds the turn of; after the account's, where both are held.</summary>
    public static string TurnOf(DeviceId id) => $"device:{id}";

    private async Task<bool> IsRememberedAsync(DeviceId id, Did did, CancellationToken ct) =>
        (await devices.ListSignInsAsync(id, ct)).FirstOrDefault(one => one.Did == did)?.IsRemembered == true;
}
