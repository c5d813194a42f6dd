using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Shows that the app has the secret of <see cref="BeginTotp"/>. From now on signing in takes a code, and there are backup codes for when the app is lost.</summary>
/// <param name="Code">What the app shows.</param>
public sealed record ConfirmTotp(Secret Code) : ICommand<BackupCodes>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, AuthenticatorCodes authenticator, CodeGuesses guesses, IFactorStore factors, TimeProvider time)
        : IRequestHandler<ConfirmTotp, BackupCodes>
    {
        public async Task<BackupCodes> Handle(ConfirmTotp command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            if (await factors.FindTotpAsync(did, ct) is not { IsOn: false } begun) throw XrpcException.InvalidRequest("No authenticator app is being set up");

            await guesses.RequireAnotherAsync(did, ct);
            var app = await authenticator.TryTakeStepAsync(begun, command.Code, ct) ?? throw await guesses.CountWrongAsync(did, ct);
            await guesses.ForgetAsync(did, ct);

            await factors.PutTotpAsync(app with { ConfirmedAt = time.GetUtcNow() }, ct);
            return new BackupCodes(await authenticator.ReplaceBackupCodesAsync(did, ct));
        }
    }
}
