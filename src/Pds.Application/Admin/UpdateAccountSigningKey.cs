using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Identity.Updating;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.updateAccountSigningKey</c>: replaces an account's signing key by one that was reserved for it, in its DID document and here.</summary>
/// <remarks>
/// The DID document comes first. Should the server stop before its own part is saved, the new key is still reserved: the same call again finds the document
/// done and does the rest. Until then commits are signed by the old key, which the network refuses, so do send it again.
/// </remarks>
/// <param name="SigningKey">A key of <c>com.atproto.server.reserveSigningKey</c>.</param>
public sealed record UpdateAccountSigningKey(Did Did, DidKey SigningKey) : ICommand<Unit>, IRepoCommand, IAdminCommand
{
    string IAdminCommand.AuditSubject => Did.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Did;

    internal sealed class Handler(IAccountStore accounts, IReservedKeyStore reserved, IKeyring keys, SigningKeyChange identity, RepoSigner repos)
        : IRequestHandler<UpdateAccountSigningKey, Unit>
    {
        public async Task<Unit> Handle(UpdateAccountSigningKey command, CancellationToken ct)
        {
            var account = await accounts.FindAsync(command.Did, ct) ?? throw XrpcException.InvalidRequest("Account not found");
            var present = await keys.GetAsync(account.Did, ct);
            var key = present.PublicKey == command.SigningKey ? null : await OpenReservedAsync(command, ct);

            await identity.PublishAsync(account.Did, command.SigningKey, ct);

            if (key is not null) await ReplaceAsync(account, command.SigningKey, key);
            return Unit.Value;
        }

        private async Task<PrivateKey> OpenReservedAsync(UpdateAccountSigningKey command, CancellationToken ct) =>
            await reserved.OpenAsync(command.Did, command.SigningKey, ct)
            ?? throw XrpcException.InvalidRequest("The signing key is not one that this server has reserved for the account");

        /// <summary>Not to be given up: the document names the new key already.</summary>
        private async Task ReplaceAsync(Account account, DidKey publicKey, PrivateKey key)
        {
            await keys.ReplaceAsync(account.Did, key, CancellationToken.None);
            reserved.Remove(publicKey);
            repos.SignAnewAndTell(account, key);
        }
    }
}
