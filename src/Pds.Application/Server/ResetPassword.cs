using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.resetPassword</c>: sets another password with the code of <see cref="RequestPasswordReset"/>, and ends every session.</summary>
/// <remarks>The code alone says whose password it is: every code that is not alive is refused alike.</remarks>
public sealed record ResetPassword(Secret Token, Secret Password) : ICommand<Unit>
{
    internal sealed class Handler(EmailTokens tokens, Passwords passwords, IRepoGate gate, IUnitOfWork unitOfWork) : IRequestHandler<ResetPassword, Unit>
    {
        public async Task<Unit> Handle(ResetPassword command, CancellationToken ct)
        {
            Passwords.RequireGood(command.Password);
            var did = await tokens.RequireOwnerAsync(EmailTokenPurpose.ResetPassword, command.Token, ct);

            // Nobody is signed in, so only the code tells whose turn it is; saved within it, so that a code is used once.
            using var turn = await gate.EnterAsync(did, ct);
            await tokens.TakeAsync(did, EmailTokenPurpose.ResetPassword, command.Token, ct);
            await passwords.ReplaceAsync(did, command.Password, ct);
            await unitOfWork.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
