using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Repo;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Subjects;

/// <summary>Accounts as moderators change them, and what the firehose is told of it. Called in the account's turn.</summary>
internal sealed class ModeratedAccounts(IAccountStore accounts, ISessionStore sessions, IRepoStore repos, IEventLog events, TimeProvider time)
{
    /// <param name="did">Whose.</param>
    /// <param name="takedown">Null where that stays as it is; its reference is set where it is applied.</param>
    /// <param name="deactivated">Null where that stays as it is.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="XrpcException">NotFound; InvalidRequest: it is taken down and would be activated.</exception>
    public async Task UpdateAsync(Did did, StatusAttr? takedown, StatusAttr? deactivated, CancellationToken ct)
    {
        var before = await accounts.FindAsync(did, ct) ?? throw Subject.NotFound();
        var isActivated = deactivated is { Applied: false };
        var staysDown = takedown?.Applied ?? before.TakedownRef is not null;
        if (isActivated && staysDown) throw XrpcException.InvalidRequest("Cannot activate an account that is taken down");

        var after = await accounts.ChangeAsync(did, account => Deactivate(TakeDown(account, takedown), deactivated), ct);
        if (takedown is { Applied: true }) await sessions.RemoveAllAsync(did, ct);

        events.Append(new AccountEvent(did, after.Status));
        if (isActivated) await IntroduceAsync(after, ct);
    }

    private Account TakeDown(Account account, StatusAttr? takedown) => takedown switch
    {
        null => account,
        { Applied: false } => account with { TakedownRef = null },
        _ when account.TakedownRef is not null => account with { TakedownRef = takedown.Ref }, // a session that it leaves by goes on
        _ => account with { TakedownRef = takedown.Ref, SessionsValidFrom = time.GetUtcNow() },
    };

    private Account Deactivate(Account account, StatusAttr? deactivated) => deactivated switch
    {
        null => account,
        { Applied: false } => account with { DeactivatedAt = null, DeleteAfter = null },
        _ => account with { DeactivatedAt = account.DeactivatedAt ?? time.GetUtcNow() },
    };

    /// <summary>Whoever lost sight of the account meanwhile is told who it is and where its repo stands.</summary>
    private async Task IntroduceAsync(Account account, CancellationToken ct)
    {
        events.Append(new IdentityEvent(account.Did, account.Handle));
        if (await repos.FindAsync(account.Did, ct) is { } repo) events.Append(SyncEvent.Of(Commit.Decode(repo.CommitBlock)));
    }
}
