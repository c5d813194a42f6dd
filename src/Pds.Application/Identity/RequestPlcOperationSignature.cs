using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Identity.Updating;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.requestPlcOperationSignature</c>: sends the caller the code that <see cref="SignPlcOperation"/> takes.</summary>
public sealed record RequestPlcOperationSignature : ICommand<Unit>
{
    internal sealed class Handler(ICaller caller, CodeLetters letters) : IRequestHandler<RequestPlcOperationSignature, Unit>
    {
        public async Task<Unit> Handle(RequestPlcOperationSignature command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            PlcUpdates.RequirePlc(account.Did);

            await letters.SendAsync(
                account, EmailTokenPurpose.PlcOperation, (address, code) => new Letter.PlcOperation(address, account.ShownHandle, code), ct);
            return Unit.Value;
        }
    }
}
