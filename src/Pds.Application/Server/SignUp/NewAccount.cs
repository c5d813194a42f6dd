using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Repo;
using Pds.Domain.Sync;

namespace Pds.Application.Server.SignUp;

/// <summary>Brings an account about: its row, its key, an empty repo, the events that tell of it, and a first session, all buffered for one flush.</summary>
internal sealed class NewAccount(IAccountStore accounts, NewRepo repos, IEventLog events, Sessions sessions, TimeProvider time)
{
    public TokenPair Add(SignUpIdentity identity, CreateAccount command, string? passwordHash)
    {
        var now = time.GetUtcNow();
        var account = new Account(identity.Did, command.Handle, EmailAddress.Fold(command.Email!), now, SessionsValidFrom: now); // a DID may have been here before
        if (identity.Origin == IdentityOrigin.BroughtAlong) account = account.Arriving();

        accounts.Add(account, passwordHash);
        var first = repos.Add(identity.Did, identity.SigningKey);
        if (account.IsActive) Tell(account, first); // of one that moves in, the network hears when it is activated: until then it is elsewhere
        return sessions.Begin(identity.Did);
    }

    private void Tell(Account account, RepoChange first)
    {
        events.Append(new IdentityEvent(account.Did, account.Handle));
        events.Append(new AccountEvent(account.Did, account.Status));
        events.Append(CommitEvent.Of(first));
        events.Append(SyncEvent.Of(first.Commit));
    }
}
