using System.Text.Json;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Application.Server.SignUp;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createAccount</c>: a new did:plc, its keys, an empty repo, and a first session.</summary>
public sealed record CreateAccount(
    Handle Handle, string? Email = null, Secret? Password = null, string? InviteCode = null, Did? Did = null,
    DidKey? RecoveryKey = null, JsonElement? PlcOp = null) : ICommand<CreateAccount.Output>
{
    public const int MaxPasswordLength = 256;

    public sealed record Output(Handle Handle, Did Did, DidDocument? DidDoc, string AccessJwt, string RefreshJwt);

    internal sealed class Handler(
        ICaller caller, SignUpRules rules, NewIdentity identities, NewRepo repos, IAccountStore accounts, IPasswordHasher passwords,
        IKeyring keys, Sessions sessions, IEventLog events, IUnitOfWork unitOfWork, IRepoGate gate, TimeProvider time)
        : IRequestHandler<CreateAccount, Output>
    {
        public async Task<Output> Handle(CreateAccount command, CancellationToken ct)
        {
            rules.CheckForm(command, caller.ServiceIssuer);

            // Whoever claims a name holds it until the account is saved: nothing is published in vain.
            using var handleTurn = await gate.EnterAsync(command.Handle, ct);
            using var emailTurn = await gate.EnterAsync($"email:{command.Email!.ToLowerInvariant()}", ct);
            using var inviteTurn = command.InviteCode is { Length: > 0 } code ? await gate.EnterAsync($"invite:{code}", ct) : null;
            await rules.CheckAvailabilityAsync(command, ct);

            var hash = command.Password is { } password ? await passwords.HashAsync(password, ct) : null;
            var identity = await identities.PublishAsync(command.Handle, command.RecoveryKey, ct);
            try
            {
                var tokens = Buffer(command, identity, hash);
                await unitOfWork.SaveChangesAsync(ct);
                return new Output(command.Handle, identity.Did, identity.Document, tokens.AccessJwt, tokens.RefreshJwt);
            }
            catch
            {
                await identities.RetractAsync(identity);
                throw;
            }
        }

        private TokenPair Buffer(CreateAccount command, PublishedIdentity identity, string? passwordHash)
        {
            var did = identity.Did;
            accounts.Add(new Account(did, command.Handle, command.Email, time.GetUtcNow()), passwordHash);
            keys.Add(did, identity.SigningKey);
            rules.RecordInvite(command, did);

            events.Append(new IdentityEvent(did, command.Handle));
            events.Append(new AccountEvent(did, AccountStatus.Active));
            repos.Create(did, identity.SigningKey);
            return sessions.Begin(did);
        }
    }
}
