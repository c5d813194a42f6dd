using MediatR;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Adds the passkey that was made after <see cref="BeginPasskey"/>. From now on it signs in, and the password alone does not; there are backup codes for when it is lost.</summary>
/// <param name="Name">What to call it, up to <see cref="Passkey.MaxNameLength"/> characters.</param>
public sealed record AddPasskey(string Name, PasskeyAnswer Answer) : ICommand<BackupCodes>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IPasskeyCeremonies ceremonies, IPasskeyStore passkeys, StrongFactors strong, FactorNotices notices)
        : IRequestHandler<AddPasskey, BackupCodes>
    {
        /// <returns>Backup codes where these are the first; otherwise none, and the earlier ones stay good.</returns>
        public async Task<BackupCodes> Handle(AddPasskey command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var name = command.Name.Trim();
            if (name.Length is 0 or > Passkey.MaxNameLength) throw XrpcException.InvalidRequest($"A passkey's name has 1 to {Passkey.MaxNameLength} characters");
            BeginPasskey.RequireRoom(await passkeys.ListAsync(account.Did, ct));

            var passkey = await ceremonies.FinishAddingAsync(account, command.Answer, name);
            var isFirst = await strong.FindAsync(account.Did, ct) == FactorKinds.None;
            passkeys.Add(passkey);
            var codes = isFirst ? await strong.ReplaceBackupCodesAsync(account.Did, ct) : [];
            notices.Tell(account, FactorChange.PasskeyAdded);
            return new BackupCodes(codes);
        }
    }
}
