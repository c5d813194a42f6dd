using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class DeviceStoreContract : StoreContract
{
    private protected DeviceStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_a_device_and_of_a_sign_in()
    {
        await HaveAccountAsync(Alice);
        var first = NewDevice();
        var second = first with { PreviousHash = first.SecretHash, SecretHash = new byte[] { 2 }, RotatedAt = Now.AddDays(1), UserAgent = null, Address = "::1", SeenAt = Now.AddDays(2) };
        var signIn = new DeviceSignIn(first.Id, Alice, Now, Now.AddMinutes(1), IsRemembered: true);

        await PutAsync(first, signIn);
        AssertSame(first, await FindAsync(first.Id));
        await PutAsync(second, signIn with { IsRemembered = false, UsedAt = Now.AddMinutes(2) });

        AssertSame(second, await FindAsync(first.Id));
        Assert.Equal([signIn with { IsRemembered = false, UsedAt = Now.AddMinutes(2) }], await ListSignInsAsync(first.Id));
        Assert.Null(await FindAsync(DeviceId.New()));
    }

    [Fact]
    public async Task Lists_the_accounts_of_a_device_and_the_devices_of_an_account_the_last_first()
    {
        await HaveAccountAsync(Alice);
        await HaveAccountAsync(Bob);
        var (phone, desk) = (NewDevice(), NewDevice());
        await PutAsync(phone, SignIn(phone, Alice, 1), SignIn(phone, Bob, 2));
        await PutAsync(desk, SignIn(desk, Alice, 3));

        Assert.Equal([Bob, Alice], (await ListSignInsAsync(phone.Id)).Select(signIn => signIn.Did));
        Assert.Equal([desk.Id, phone.Id], (await ListDevicesAsync(Alice)).Select(one => one.Device.Id));
    }

    [Fact]
    public async Task Signs_one_account_out_of_one_device_one_out_of_all_and_all_out_of_one()
    {
        await HaveAccountAsync(Alice);
        await HaveAccountAsync(Bob);
        var (phone, desk) = (NewDevice(), NewDevice());
        await PutAsync(phone, SignIn(phone, Alice, 1), SignIn(phone, Bob, 2));
        await PutAsync(desk, SignIn(desk, Alice, 3), SignIn(desk, Bob, 4));

        await SaveAsync<IDeviceStore>(store => store.RemoveSignInAsync(phone.Id, Alice, CancellationToken.None));
        Assert.Equal([desk.Id], (await ListDevicesAsync(Alice)).Select(one => one.Device.Id));
        await SaveAsync<IDeviceStore>(store => store.RemoveSignInsAsync(Alice, CancellationToken.None));
        Assert.Empty(await ListDevicesAsync(Alice));
        Assert.Equal(2, (await ListDevicesAsync(Bob)).Count);

        await SaveAsync<IDeviceStore>(store => store.RemoveAsync(phone.Id, CancellationToken.None));
        Assert.Null(await FindAsync(phone.Id));
        Assert.Equal([desk.Id], (await ListDevicesAsync(Bob)).Select(one => one.Device.Id));
    }

    [Fact]
    public async Task Keeps_nothing_of_an_account_or_a_device_that_has_gone()
    {
        await HaveAccountAsync(Alice);
        var device = NewDevice();

        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IDeviceStore>(store => store.PutSignInAsync(SignIn(device, Alice, 1), CancellationToken.None)));
        await Assert.ThrowsAsync<XrpcException>(() => PutAsync(device, SignIn(device, Bob, 1)));

        Assert.Null(await FindAsync(device.Id));
        Assert.Empty(await ListSignInsAsync(device.Id));
    }

    [Fact]
    public async Task Forgets_what_has_run_out_and_keeps_the_rest()
    {
        await HaveAccountAsync(Alice);
        await HaveAccountAsync(Bob);
        var (used, idle, empty) = (NewDevice(), NewDevice(), NewDevice());
        await PutAsync(used, SignIn(used, Alice, 0), SignIn(used, Bob, 0) with { IsRemembered = false });
        await PutAsync(idle, SignIn(idle, Alice, 0) with { IsRemembered = false });
        await PutAsync(empty);
        var later = Now + DeviceSignIn.UnrememberedLifetime;

        var removed = await AskAsync<IDeviceStore, int>(store => store.RemoveExpiredAsync(later, later, CancellationToken.None));

        Assert.Equal(4, removed); // two sign-ins, and the two devices without any
        Assert.Equal([Alice], (await ListSignInsAsync(used.Id)).Select(signIn => signIn.Did));
        Assert.Null(await FindAsync(idle.Id));
        Assert.Null(await FindAsync(empty.Id));
    }

    private DeviceSignIn SignIn(Device device, Did did, int minutes) => new(device.Id, did, Now.AddMinutes(minutes), Now.AddMinutes(minutes), IsRemembered: true);

    private Device NewDevice() => Device.Create(DeviceId.New(), Device.NewSecret(), "a browser", "192.0.2.1", Now);

    private Task PutAsync(Device device, params DeviceSignIn[] signIns) => SaveAsync<IDeviceStore>(async store =>
    {
        await store.PutAsync(device, CancellationToken.None);
        foreach (var signIn in signIns) await store.PutSignInAsync(signIn, CancellationToken.None);
    });

    private Task<Device?> FindAsync(DeviceId id) => AskAsync<IDeviceStore, Device?>(store => store.FindAsync(id, CancellationToken.None));

    private Task<IReadOnlyList<DeviceSignIn>> ListSignInsAsync(DeviceId id) =>
        AskAsync<IDeviceStore, IReadOnlyList<DeviceSignIn>>(store => store.ListSignInsAsync(id, CancellationToken.None));

    private Task<IReadOnlyList<(DeviceSignIn SignIn, Device Device)>> ListDevicesAsync(Did did) =>
        AskAsync<IDeviceStore, IReadOnlyList<(DeviceSignIn, Device)>>(store => store.ListDevicesAsync(did, CancellationToken.None));

    /// <summary>Bytes are compared by what they are.</summary>
    private static void AssertSame(Device wanted, Device? found)
    {
        Assert.NotNull(found);
        Assert.Equal(wanted.SecretHash.ToArray(), found.SecretHash.ToArray());
        Assert.Equal(wanted.PreviousHash?.ToArray(), found.PreviousHash?.ToArray());
        Assert.Equal(wanted with { SecretHash = default, PreviousHash = null }, found with { SecretHash = default, PreviousHash = null });
    }
}
