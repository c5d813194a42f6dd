using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Server.SignUp;

/// <summary>Brings an account about: its row, its key, an empty repo, the events that tell of it, and a first session, all buffered for one flush.</summary>
internal sealed class NewAccount(IAccountStore accounts, NewRepo repos, IEventLog events, Sessions sessions, TimeProvider time)
{
    public TokenPair Add(Did did, PrivateKey signingKey, CreateAccount command, string? passwordHash)
    {
        var now = time.GetUtcNow();
        accounts.Add(new Account(did, command.Handle, EmailAddress.Fold(command.Email!), now, SessionsValidFrom: now), passwordHash); // a DID may have been here before
        var first = repos.Add(did, signingKey);

        events.Append(new IdentityEvent(did, command.Handle));
        events.Append(new AccountEvent(did, AccountStatus.Active));
        events.Append(CommitEvent.Of(first));
        events.Append(SyncEvent.Of(first.Commit));
        return sessions.Begin(did);
    }
}
