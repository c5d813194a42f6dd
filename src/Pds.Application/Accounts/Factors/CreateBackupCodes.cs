using MediatR;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Makes backup codes in the place of those that an account has.</summary>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
public sealed record CreateBackupCodes(Secret Proof) : ICommand<BackupCodes>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, OwnerProof owner, StrongFactors strong, FactorNotices notices) : IRequestHandler<CreateBackupCodes, BackupCodes>
    {
        public async Task<BackupCodes> Handle(CreateBackupCodes command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            if (await strong.FindAsync(account.Did, ct) == FactorKinds.None) throw XrpcException.InvalidRequest("Backup codes stand in for an authenticator app or a passkey, and there is none");
            await owner.RequireAsync(account, command.Proof, ct);

            var codes = await strong.ReplaceBackupCodesAsync(account.Did, ct);
            notices.Tell(account, FactorChange.BackupCodesReplaced);
            return new BackupCodes(codes);
        }
    }
}
