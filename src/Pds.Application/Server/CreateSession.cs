using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createSession</c>: signs in with a handle, a DID or an e-mail address, and a password.</summary>
public sealed record CreateSession(string Identifier, Secret Password, bool AllowTakendown = false) : ICommand<SessionWithTokens>
{
    /// <summary>Longer ones are refused before they are hashed; passwords set here are at most half as long.</summary>
    public const int MaxPasswordLength = 512;

    /// <summary>A refusal takes at least this long, whatever was wrong: its duration tells nothing.</summary>
    private static readonly TimeSpan RefusalTime = TimeSpan.FromMilliseconds(350);

    internal sealed class Handler(IAccountStore accounts, IPasswordHasher passwords, Sessions sessions, TimeProvider time)
        : IRequestHandler<CreateSession, SessionWithTokens>
    {
        public async Task<SessionWithTokens> Handle(CreateSession command, CancellationToken ct)
        {
            if (command.Password.Reveal().Length > MaxPasswordLength)
                throw XrpcException.AuthenticationRequired("Password too long. Consider resetting your password.");

            var account = await AuthenticateAsync(command, ct);
            if (account.Status == AccountStatus.Takendown && !command.AllowTakendown) throw XrpcException.AccountTakedown();

            var tokens = account.Status == AccountStatus.Takendown
                ? sessions.BeginUnrenewable(account.Did, SessionScope.Takendown)
                : sessions.Begin(account.Did);
            return new SessionWithTokens(tokens, SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct)));
        }

        private async Task<Account> AuthenticateAsync(CreateSession command, CancellationToken ct)
        {
            var started = time.GetTimestamp();

            // Unknown accounts cost a hash like known ones: VerifyAsync(null) does the same work.
            var account = await FindAccountAsync(command.Identifier, ct);
            var stored = account is null ? null : await accounts.FindPasswordHashAsync(account.Did, ct);
            var check = await passwords.VerifyAsync(stored, command.Password, ct);
            if (account is null || check == PasswordCheck.Wrong)
            {
                var rest = RefusalTime - time.GetElapsedTime(started);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, time, ct);
                throw XrpcException.AuthenticationRequired("Invalid identifier or password");
            }

            if (check == PasswordCheck.RightButWeak)
                await accounts.SetPasswordHashAsync(account.Did, await passwords.HashAsync(command.Password, ct), ct);
            return account;
        }

        private async Task<Account?> FindAccountAsync(string identifier, CancellationToken ct) =>
            identifier.Contains('@', StringComparison.Ordinal) ? await accounts.FindByEmailAsync(identifier, ct)
            : AtIdentifier.TryParse(identifier, out var handleOrDid) ? await accounts.FindAsync(handleOrDid, ct)
            : null;
    }
}
