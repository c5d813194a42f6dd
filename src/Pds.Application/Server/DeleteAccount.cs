using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.deleteAccount</c>: removes an account and all that is kept of it. The password and the code are what it takes, not a session.</summary>
/// <remarks>
/// Not an <see cref="IRepoCommand"/>: anybody may send this with any DID, and checking a password must not hold up that account's own commands. It
/// takes the account's turn once the password is right.
/// </remarks>
/// <param name="Token">The code that <see cref="RequestAccountDelete"/> sent.</param>
public sealed record DeleteAccount(Did Did, Secret Password, Secret Token) : ICommand<Unit>
{
    internal sealed class Handler(
        IAccountStore accounts, IPasswordHasher passwords, EmailTokens tokens, AccountRemoval removal, IRepoGate gate)
        : IRequestHandler<DeleteAccount, Unit>
    {
        public async Task<Unit> Handle(DeleteAccount command, CancellationToken ct)
        {
            Credentials.RefuseTooLong(command.Password);
            var hash = await VerifyAsync(command, ct);

            using var turn = await gate.EnterAsync(command.Did, ct);
            var account = await RequireStillAsync(command.Did, hash, ct);
            await tokens.TakeAsync(command.Did, EmailTokenPurpose.DeleteAccount, command.Token, ct);
            await removal.RemoveAsync(account, ct);
            return Unit.Value;
        }

        /// <summary>Checks the password, at the same cost for a DID that is not here, and answers the hash that it is right for.</summary>
        private async Task<string> VerifyAsync(DeleteAccount command, CancellationToken ct)
        {
            var account = await accounts.FindAsync(command.Did, ct);
            var hash = await accounts.FindPasswordHashAsync(command.Did, ct);
            var check = await passwords.VerifyAsync(hash, command.Password, ct);

            if (account is null) throw NotFound();
            return hash is not null && check != PasswordCheck.Wrong ? hash : throw WrongPassword();
        }

        /// <summary>While this waited for its turn, the account may have been deleted, or its password changed.</summary>
        private async Task<Account> RequireStillAsync(Did did, string hash, CancellationToken ct)
        {
            var account = await accounts.FindAsync(did, ct) ?? throw NotFound();
            return await accounts.FindPasswordHashAsync(did, ct) == hash ? account : throw WrongPassword();
        }

        private static XrpcException NotFound() => XrpcException.InvalidRequest("account not found");

        private static XrpcException WrongPassword() => XrpcException.AuthenticationRequired("Invalid did or password");
    }
}
