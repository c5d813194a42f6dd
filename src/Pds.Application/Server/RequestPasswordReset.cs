using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.requestPasswordReset</c>: sends whoever has an account with that address a code for <see cref="ResetPassword"/>.</summary>
/// <remarks>
/// Anyone may ask, so the answer must not tell whether there is such an account: it is the same for every text, and takes as long (see
/// <see cref="HiddenWork"/>). A mail that could not be sent is in the operator's log for the same reason: an error would be the mark of an account.
/// </remarks>
public sealed record RequestPasswordReset(string Email) : ICommand<Unit>
{
    internal sealed class Handler(IAccountStore accounts, CodeLetters letters, HiddenWork hidden) : IRequestHandler<RequestPasswordReset, Unit>
    {
        public async Task<Unit> Handle(RequestPasswordReset command, CancellationToken ct)
        {
            var account = await accounts.FindByEmailAsync(command.Email, ct);
            await hidden.RunAsync(account is null ? null : () => SendAsync(account, ct), ct);
            return Unit.Value;
        }

        private Task SendAsync(Account account, CancellationToken ct) => letters.SendAsync(
            account, EmailTokenPurpose.ResetPassword, (address, code) => new Letter.ResetPassword(address, account.ShownHandle, code), ct);
    }
}
