using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The browsers that were here, and who is signed in on them. Changes are saved with the unit of work.</summary>
public interface IDeviceStore
{
    Task<Device?> FindAsync(DeviceId id, CancellationToken ct);

    /// <summary>Keeps a device in the place of what was known of it.</summary>
    Task PutAsync(Device device, CancellationToken ct);

    /// <summary>Forgets a device and everybody's being signed in on it.</summary>
    Task RemoveAsync(DeviceId id, CancellationToken ct);

    /// <summary>Who is signed in on a device, the last to sign in first; some of it may hold no more (<see cref="DeviceSignIn.Holds"/>).</summary>
    Task<IReadOnlyList<DeviceSignIn>> ListSignInsAsync(DeviceId id, CancellationToken ct);

    /// <summary>Where an account is signed in, and what is known of each device, the last used first; some of it may hold no more.</summary>
    Task<IReadOnlyList<(DeviceSignIn SignIn, Device Device)>> ListDevicesAsync(Did did, CancellationToken ct);

    /// <summary>Keeps a sign-in in the place of an earlier one of that account on that device.</summary>
    /// <exception cref="Errors.XrpcException">On saving: the account or the device has gone meanwhile.</exception>
    Task PutSignInAsync(DeviceSignIn signIn, CancellationToken ct);

    Task RemoveSignInAsync(DeviceId id, Did did, CancellationToken ct);

    /// <summary>Everywhere that an account is signed in.</summary>
    Task RemoveSignInsAsync(Did did, CancellationToken ct);

    /// <summary>Forgets sign-ins whose time has run out, and devices on which nobody is signed in and that were last seen before <paramref name="unseenSince"/>. Answers how many of both.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset now, DateTimeOffset unseenSince, CancellationToken ct);
}
