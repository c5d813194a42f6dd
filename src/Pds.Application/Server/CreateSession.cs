using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createSession</c>: signs in with a handle, a DID or an e-mail address, and a password or an app password.</summary>
/// <param name="AuthFactorToken">The code of the second factor, which the account's own password may need beside it; an app password does not.</param>
public sealed record CreateSession(string Identifier, Secret Password, Secret? AuthFactorToken = null, bool AllowTakendown = false) : ICommand<SessionWithTokens>
{
    internal sealed class Handler(SignIn signIn, Sessions sessions, IUnitOfWork unitOfWork) : IRequestHandler<CreateSession, SessionWithTokens>
    {
        public async Task<SessionWithTokens> Handle(CreateSession command, CancellationToken ct)
        {
            var (account, tokens) = await BeginAsync(command, ct);
            return new SessionWithTokens(tokens, SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct)));
        }

        /// <summary>Saves before the account's turn ends: a password or app password that is taken away meanwhile takes this session with it.</summary>
        private async Task<(Account Account, TokenPair Tokens)> BeginAsync(CreateSession command, CancellationToken ct)
        {
            using var signedIn = await signIn.EnterAsync(new SignInForm(command.Identifier, command.Password, command.AuthFactorToken, command.AllowTakendown), ct);

            var account = signedIn.Account;
            var tokens = account.Status == AccountStatus.Takendown
                ? sessions.BeginUnrenewable(account.Did, SessionScope.Takendown)
                : sessions.Begin(account.Did, signedIn.AppPassword);
            await unitOfWork.SaveChangesAsync(ct);
            return (account, tokens);
        }
    }
}
