using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Subjects;

/// <summary>Accounts as moderators change them, and what the firehose is told of it. Called in the account's turn.</summary>
internal sealed class ModeratedAccounts(IAccountStore accounts, SessionsEnd sessions, AccountNews news, TimeProvider time)
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
        if (staysDown && before.TakedownRef is null) await sessions.EndAllAsync(did, ct); // one that was down already may be leaving: that session goes on

        if (isActivated) await news.IntroduceAsync(after, ct);
        else news.TellStatus(after);
    }

    private static Account TakeDown(Account account, StatusAttr? takedown) => takedown is null ? account : account with { TakedownRef = takedown.Ref };

    private Account Deactivate(Account account, StatusAttr? deactivated) => deactivated switch
    {
        null => account,
        { Applied: false } => account with { DeactivatedAt = null, DeleteAfter = null },
        _ => account with { DeactivatedAt = account.DeactivatedAt ?? time.GetUtcNow() },
    };
}
