using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.requestAccountDelete</c>: sends the caller the code that <see cref="DeleteAccount"/> takes.</summary>
public sealed record RequestAccountDelete : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, EmailTokens tokens, IMailer mailer) : IRequestHandler<RequestAccountDelete, Unit>
    {
        public async Task<Unit> Handle(RequestAccountDelete command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            if (account.Email is not { } address) throw XrpcException.InvalidRequest("account does not have an email address");

            var code = await tokens.IssueAsync(account.Did, EmailTokenPurpose.DeleteAccount, ct);
            await mailer.SendAsync(new Letter.DeleteAccount(address, account.ShownHandle, code), ct);
            return Unit.Value;
        }
    }
}
