using MediatR;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Shows that the app has the secret of <see cref="BeginTotp"/>. From now on signing in takes a code, and there are backup codes for when the app is lost.</summary>
/// <param name="Code">What the app shows.</param>
public sealed record ConfirmTotp(Secret Code) : ICommand<BackupCodes>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, AuthenticatorCodes authenticator, StrongFactors strong, CodeGuesses guesses, FactorNotices notices)
        : IRequestHandler<ConfirmTotp, BackupCodes>
    {
        public async Task<BackupCodes> Handle(ConfirmTotp command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var did = account.Did;
            if (await authenticator.FindBegunAsync(did, ct) is not { } begun) throw XrpcException.InvalidRequest("No authenticator app is being set up");

            await guesses.RequireAnotherAsync(did, ct);
            var app = await authenticator.TryTakeAsync(begun, command.Code, ct) ?? throw await guesses.CountWrongAsync(did, ct);
            await guesses.ForgetAsync(did, ct);

            await authenticator.SwitchOnAsync(app, ct);
            var codes = await strong.ReplaceBackupCodesAsync(did, ct);
            notices.Tell(account, FactorChange.AuthenticatorAdded);
            return new BackupCodes(codes);
        }
    }
}
