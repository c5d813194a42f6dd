using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.requestEmailUpdate</c>: says whether <see cref="UpdateEmail"/> takes a code, and sends it to the present address if so.</summary>
public sealed record RequestEmailUpdate : ICommand<RequestEmailUpdate.Output>
{
    /// <param name="TokenRequired">True where the present address is confirmed: only its owner may replace it.</param>
    public sealed record Output(bool TokenRequired);

    internal sealed class Handler(ICaller caller, CodeLetters letters) : IRequestHandler<RequestEmailUpdate, Output>
    {
        public async Task<Output> Handle(RequestEmailUpdate command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            if (account.EmailConfirmedAt is null) return new Output(TokenRequired: false);

            await letters.SendAsync(
                account, EmailTokenPurpose.UpdateEmail, (address, code) => new Letter.UpdateEmail(address, account.ShownHandle, code), ct);
            return new Output(TokenRequired: true);
        }
    }
}
