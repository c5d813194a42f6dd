using System.Text.Json;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Server.SignUp;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createAccount</c>: an identity, its keys, an empty repo, and a first session.</summary>
/// <remarks>Who moves in brings an identity and a service token that proves it theirs; the account is deactivated until <see cref="ActivateAccount"/>.</remarks>
/// <param name="Did">The identity that is brought along, or a did:web of the handle; null for a new did:plc.</param>
public sealed record CreateAccount(
    Handle Handle, string? Email = null, Secret? Password = null, string? InviteCode = null, Did? Did = null,
    DidKey? RecoveryKey = null, JsonElement? PlcOp = null) : ICommand<CreateAccount.Output>
{
    public sealed record Output(Handle Handle, Did Did, DidDocument? DidDoc, string AccessJwt, string RefreshJwt);

    internal sealed class Handler(
        Admission admission, IPasswordHasher passwords, SignUpIdentities identities, NewAccount accounts, IUnitOfWork unitOfWork)
        : IRequestHandler<CreateAccount, Output>
    {
        public async Task<Output> Handle(CreateAccount command, CancellationToken ct)
        {
            using var claims = await admission.EnterAsync(command, ct);

            var hash = command.Password is { } password ? await passwords.HashAsync(password, ct) : null;
            var identity = await identities.EstablishAsync(command, ct);
            try
            {
                var tokens = accounts.Add(identity, command, hash);
                admission.RecordInvite(command, identity.Did);
                await unitOfWork.SaveChangesAsync(ct);
                return new Output(command.Handle, identity.Did, identity.Document, tokens.AccessJwt, tokens.RefreshJwt);
            }
            catch
            {
                await identities.RetractAsync(identity);
                throw;
            }
        }
    }
}
