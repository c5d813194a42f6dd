using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.updateEmail</c>: gives the account another address, or makes the one it has a second factor of signing in.</summary>
/// <remarks>
/// With the present address and an <c>emailAuthFactor</c> it is the factor that is set, and the address stays confirmed; in every other case the address
/// is replaced, has to be confirmed, and is no factor. Whatever weakens an account whose address is confirmed takes the code of
/// <see cref="RequestEmailUpdate"/>; turning the factor on does not.
/// </remarks>
public sealed record UpdateEmail(string Email, bool? EmailAuthFactor = null, Secret? Token = null) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IAccountStore accounts, EmailAddresses addresses, EmailTokens tokens, FactorNotices notices)
        : IRequestHandler<UpdateEmail, Unit>
    {
        public async Task<Unit> Handle(UpdateEmail command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var isPresent = account.Email is { } email && EmailAddress.Fold(email) == EmailAddress.Fold(command.Email);

            if (command.EmailAuthFactor is { } isFactor && isPresent) await SetFactorAsync(account, isFactor, command.Token, ct);
            else await ChangeAddressAsync(account, command, ct);
            return Unit.Value;
        }

        private async Task SetFactorAsync(Account account, bool isFactor, Secret? token, CancellationToken ct)
        {
            if (isFactor && account.EmailConfirmedAt is null) throw ConfirmFirst();

            await TakeCodeAsync(account, token, isRequired: !isFactor && account.EmailConfirmedAt is not null, ct);
            await accounts.ChangeAsync(account.Did, found => found with { EmailAuthFactor = isFactor }, ct);
            if (isFactor != account.EmailAuthFactor) notices.Tell(account, isFactor ? FactorChange.EmailAdded : FactorChange.EmailRemoved);
        }

        private async Task ChangeAddressAsync(Account account, UpdateEmail command, CancellationToken ct)
        {
            var email = EmailAddresses.Require(command.Email);
            if (command.EmailAuthFactor == true) throw ConfirmFirst();

            await TakeCodeAsync(account, command.Token, isRequired: account.EmailConfirmedAt is not null, ct);
            await addresses.ChangeAsync(account.Did, email, ct);
        }

        /// <summary>A code that is given must be right, even where none is required.</summary>
        private async Task TakeCodeAsync(Account account, Secret? token, bool isRequired, CancellationToken ct)
        {
            if (token is not null && token.Reveal().Length > 0) await tokens.TakeAsync(account.Did, EmailTokenPurpose.UpdateEmail, token, ct);
            else if (isRequired) throw XrpcException.TokenRequired();
        }

        private static XrpcException ConfirmFirst() => XrpcException.InvalidRequest("Confirm the email address before you use it to sign in");
    }
}
