using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>What signing in to the caller's account takes beside its password.</summary>
public sealed record ListFactors : IQuery<ListFactors.Output>
{
    /// <param name="Email">Whether a code is sent by mail; where there is an authenticator app or a passkey, that goes first and no mail is sent.</param>
    /// <param name="TotpSince">When the authenticator app was set up; null for none.</param>
    /// <param name="Passkeys">Oldest first.</param>
    /// <param name="BackupCodesLeft">How many have not been used.</param>
    public sealed record Output(bool Email, DateTimeOffset? TotpSince, IReadOnlyList<Passkey> Passkeys, int BackupCodesLeft);

    internal sealed class Handler(ICaller caller, IFactorStore factors, IPasskeyStore passkeys) : IRequestHandler<ListFactors, Output>
    {
        public async Task<Output> Handle(ListFactors query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var totp = await factors.FindTotpAsync(account.Did, ct);
            return new Output(account.EmailAuthFactor, totp?.ConfirmedAt, await passkeys.ListAsync(account.Did, ct), await factors.CountBackupCodesAsync(account.Did, ct));
        }
    }
}
