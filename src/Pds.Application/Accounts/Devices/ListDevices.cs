using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.Accounts.Devices;

/// <summary>Where the caller's account is signed in: browsers on this server's pages, and apps that have a session by a password. The last used first.</summary>
public sealed record ListDevices : IQuery<ListDevices.Output>
{
    public sealed record Output(IReadOnlyList<Browser> Browsers, IReadOnlyList<AppSession> Apps);

    /// <param name="UserAgent">What it calls itself; null where it does not.</param>
    public sealed record Browser(DeviceId Device, string? UserAgent, string Address, DateTimeOffset SignedInAt, DateTimeOffset UsedAt);

    /// <param name="Id">For <see cref="EndAppSession"/>.</param>
    /// <param name="AppPassword">The app password that it began with; null for the account's own password.</param>
    /// <param name="RenewedAt">When the app last asked for tokens.</param>
    public sealed record AppSession(string Id, string? AppPassword, DateTimeOffset RenewedAt);

    internal sealed class Handler(ICaller caller, IDeviceStore devices, ISessionStore sessions, IAppPasswordStore appPasswords, TimeProvider time)
        : IRequestHandler<ListDevices, Output>
    {
        public async Task<Output> Handle(ListDevices query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            return new Output(await ListBrowsersAsync(account, ct), await ListAppsAsync(account, ct));
        }

        private async Task<IReadOnlyList<Browser>> ListBrowsersAsync(Account account, CancellationToken ct) =>
        [
            .. (await devices.ListDevicesAsync(account.Did, ct)).Where(one => one.SignIn.Holds(account, time.GetUtcNow()))
                .Select(one => new Browser(one.Device.Id, one.Device.UserAgent, one.Device.Address, one.SignIn.SignedInAt, one.SignIn.UsedAt)),
        ];

        /// <summary>A token that was exchanged for another is not a session more.</summary>
        private async Task<IReadOnlyList<AppSession>> ListAppsAsync(Account account, CancellationToken ct)
        {
            var names = (await appPasswords.ListAsync(account.Did, ct)).ToDictionary(one => one.Id, one => one.Name);
            return
            [
                .. (await sessions.ListAsync(account.Did, ct)).Where(token => token.NextId is null && token.ExpiresAt > time.GetUtcNow())
                    .Select(token => new AppSession(
                        token.Id, token.AppPasswordId is { } id ? names.GetValueOrDefault(id) : null, token.ExpiresAt - RefreshToken.Lifetime))
                    .OrderByDescending(session => session.RenewedAt),
            ];
        }
    }
}
