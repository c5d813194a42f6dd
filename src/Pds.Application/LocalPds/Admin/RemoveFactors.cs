using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.removeFactors</c>: takes every second factor of an account away, for an owner who has lost them. The password, the sessions and the app passwords stay.</summary>
/// <remarks>The owner is told by mail: whoever talked the operator into it may be somebody else.</remarks>
public sealed record RemoveFactors(Did Did) : ICommand<RemoveFactors.Output>, IRepoCommand, IAdminCommand
{
    /// <param name="Authenticator">Whether there was an authenticator app. Backup codes are void.</param>
    /// <param name="Passkeys">How many passkeys there were.</param>
    /// <param name="Email">Whether codes were sent by mail.</param>
    public sealed record Output(bool Authenticator, int Passkeys, bool Email);

    string IAdminCommand.AuditSubject => Did.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Did;

    internal sealed class Handler(IAccountStore accounts, StrongFactors strong, CodeGuesses guesses, FactorNotices notices)
        : IRequestHandler<RemoveFactors, Output>
    {
        public async Task<Output> Handle(RemoveFactors command, CancellationToken ct)
        {
            var account = await accounts.FindAsync(command.Did, ct) ?? throw XrpcException.NoSuchAccount(AtIdentifier.Of(command.Did));

            var (authenticator, passkeys) = await strong.RemoveAllAsync(account.Did, ct);
            var removed = new Output(authenticator, passkeys, account.EmailAuthFactor);
            if (removed.Email) await accounts.ChangeAsync(account.Did, found => found with { EmailAuthFactor = false }, ct);
            await guesses.ForgetAsync(account.Did, ct);

            if (removed is { Authenticator: true } or { Passkeys: > 0 } or { Email: true }) notices.Tell(account, FactorChange.RemovedByOperator);
            return removed;
        }
    }
}
