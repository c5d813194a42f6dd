using Microsoft.EntityFrameworkCore;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfDeviceStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork) : IDeviceStore
{
    public async Task<Device?> FindAsync(DeviceId id, CancellationToken ct) => await context.Value.Devices.FindAsync([id.ToString()], ct) is { } row ? Map(row) : null;

    public async Task PutAsync(Device device, CancellationToken ct)
    {
        var (hash, previous) = (device.SecretHash.ToArray(), device.PreviousHash?.ToArray());
        var row = await context.Value.Devices.FindAsync([device.Id.ToString()], ct);
        if (row is null)
        {
            context.Value.Devices.Add(row = new DeviceRow
            {
                Id = device.Id.ToString(),
                SecretHash = hash,
                RotatedAt = device.RotatedAt,
                Address = device.Address,
                SeenAt = device.SeenAt,
            });
        }

        (row.SecretHash, row.PreviousHash, row.RotatedAt) = (hash, previous, device.RotatedAt);
        (row.UserAgent, row.Address, row.SeenAt) = (device.UserAgent, device.Address, device.SeenAt);
    }

    public async Task RemoveAsync(DeviceId id, CancellationToken ct)
    {
        if (await context.Value.Devices.FindAsync([id.ToString()], ct) is { } row) context.Value.Devices.Remove(row);
        unitOfWork.Buffer(sql => sql.Execute("DELETE FROM account_device WHERE device_id = @0", id.ToString()));
    }

    public async Task<IReadOnlyList<DeviceSignIn>> ListSignInsAsync(DeviceId id, CancellationToken ct)
    {
        var device = id.ToString();
        var rows = await context.Value.DeviceSignIns.AsNoTracking().Where(row => row.DeviceId == device).OrderByDescending(row => row.SignedInAt).ToListAsync(ct);
        return [.. rows.Select(Map)];
    }

    public async Task<IReadOnlyList<(DeviceSignIn SignIn, Device Device)>> ListDevicesAsync(Did did, CancellationToken ct)
    {
        var rows = await context.Value.DeviceSignIns.AsNoTracking().Where(row => row.Did == did)
            .Join(context.Value.Devices.AsNoTracking(), signIn => signIn.DeviceId, device => device.Id, (signIn, device) => new { signIn, device })
            .OrderByDescending(row => row.signIn.UsedAt).ToListAsync(ct);
        return [.. rows.Select(row => (Map(row.signIn), Map(row.device)))];
    }

    public async Task PutSignInAsync(DeviceSignIn signIn, CancellationToken ct)
    {
        unitOfWork.RequireAccount(signIn.Did);
        var device = signIn.Device.ToString();
        unitOfWork.Buffer(sql =>
        {
            if (sql.Scalar("SELECT 1 FROM device WHERE id = @0", device) is null) throw XrpcException.InvalidRequest("This browser has been signed out");
        });

        var row = await context.Value.DeviceSignIns.FindAsync([signIn.Did, device], ct);
        if (row is null)
        {
            context.Value.DeviceSignIns.Add(row = new DeviceSignInRow
            {
                Did = signIn.Did,
                DeviceId = device,
                SignedInAt = signIn.SignedInAt,
                UsedAt = signIn.UsedAt,
                IsRemembered = signIn.IsRemembered,
            });
        }

        (row.SignedInAt, row.UsedAt, row.IsRemembered) = (signIn.SignedInAt, signIn.UsedAt, signIn.IsRemembered);
    }

    public async Task RemoveSignInAsync(DeviceId id, Did did, CancellationToken ct)
    {
        if (await context.Value.DeviceSignIns.FindAsync([did, id.ToString()], ct) is { } row) context.Value.DeviceSignIns.Remove(row);
    }

    public async Task RemoveSignInsAsync(Did did, CancellationToken ct) =>
        context.Value.DeviceSignIns.RemoveRange(await context.Value.DeviceSignIns.Where(row => row.Did == did).ToListAsync(ct));

    public async Task<int> RemoveExpiredAsync(DateTimeOffset now, DateTimeOffset unseenSince, CancellationToken ct)
    {
        var removed = 0;
        var signedIn = (now - DeviceSignIn.Lifetime).ToUnixTimeMilliseconds();
        var used = (now - DeviceSignIn.UnrememberedLifetime).ToUnixTimeMilliseconds();
        unitOfWork.Buffer(sql =>
        {
            removed += sql.Execute("DELETE FROM account_device WHERE signed_in_at <= @0 OR (is_remembered = 0 AND used_at <= @1)", signedIn, used);
            removed += sql.Execute(
                "DELETE FROM device WHERE seen_at < @0 AND NOT EXISTS (SELECT 1 FROM account_device WHERE device_id = device.id)", unseenSince.ToUnixTimeMilliseconds());
        });
        await unitOfWork.SaveChangesAsync(ct);
        return removed;
    }

    private static Device Map(DeviceRow row) =>
        new(IdOf(row.Id), row.SecretHash, row.PreviousHash.ToMemory(), row.RotatedAt, row.UserAgent, row.Address, row.SeenAt);

    private static DeviceSignIn Map(DeviceSignInRow row) => new(IdOf(row.DeviceId), row.Did, row.SignedInAt, row.UsedAt, row.IsRemembered);

    private static DeviceId IdOf(string text) => DeviceId.TryParse(text, out var id) ? id : throw new FormatException("A stored device has a name that is none");
}
