using MediatR;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Begins to set up an authenticator app: makes the secret that the app is to have. Nothing is asked of sign-ins before <see cref="ConfirmTotp"/>.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
public sealed record BeginTotp(Secret Proof) : ICommand<BeginTotp.Output>, IRepoCommand
{
    /// <param name="Key">The secret as text, for an app that cannot read the picture.</param>
    /// <param name="Uri">What the QR code says.</param>
    public sealed record Output(Secret Key, Secret Uri);

    internal sealed class Handler(ICaller caller, OwnerProof owner, AuthenticatorCodes authenticator, IFactorStore factors, ServiceOptions service)
        : IRequestHandler<BeginTotp, Output>
    {
        public async Task<Output> Handle(BeginTotp command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            if (await authenticator.FindAsync(account.Did, ct) is not null) throw XrpcException.InvalidRequest("An authenticator app is set up already: remove it first");
            await owner.RequireAsync(account, command.Proof, ct);

            var secret = TotpSecret.Generate();
            await factors.PutTotpAsync(new TotpFactor(account.Did, secret), ct);
            return new Output(Totp.TextOf(secret), Totp.UriOf(secret, service.Name ?? service.Hostname, account.ShownHandle));
        }
    }
}
