using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Devices;

/// <summary>Opens a page as an account that is signed in on the device. Answers the account; null where it is not signed in there, or no more.</summary>
/// <param name="Device">The device that the browser has proved to be.</param>
public sealed record UseSignIn(DeviceId Device, Did Did) : ICommand<Account?>
{
    /// <summary>How old the note of its last use may get before it is written again.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    internal sealed class Handler(IDeviceStore devices, IAccountStore accounts, TimeProvider time) : IRequestHandler<UseSignIn, Account?>
    {
        public async Task<Account?> Handle(UseSignIn command, CancellationToken ct)
        {
            var signIn = (await devices.ListSignInsAsync(command.Device, ct)).FirstOrDefault(one => one.Did == command.Did);
            var account = signIn is null ? null : await accounts.FindAsync(command.Did, ct);
            var now = time.GetUtcNow();
            if (account is null || !signIn!.Holds(account, now)) return null;

            if (now - signIn.UsedAt > Precision) await devices.PutSignInAsync(signIn with { UsedAt = now }, ct);
            return account;
        }
    }
}
