using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.requestEmailConfirmation</c>: sends the account a code that proves that its address is its own; a confirmed one may be confirmed again.</summary>
public sealed record RequestEmailConfirmation : ICommand<Unit>
{
    internal sealed class Handler(ICaller caller, CodeLetters letters) : IRequestHandler<RequestEmailConfirmation, Unit>
    {
        public async Task<Unit> Handle(RequestEmailConfirmation command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            await letters.SendAsync(
                account, EmailTokenPurpose.ConfirmEmail, (address, code) => new Letter.ConfirmEmail(address, account.ShownHandle, code), ct);
            return Unit.Value;
        }
    }
}
