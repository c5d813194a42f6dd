using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;

namespace Pds.Application.Accounts;

/// <summary>What the firehose is told of an account as a whole. Buffers events; use it in the account's turn.</summary>
internal sealed class AccountNews(HeadSigner heads, IEventLog events)
{
    /// <summary>How the account stands. Of one that moves in and was never switched on nobody hears: it is elsewhere.</summary>
    public void TellStatus(Account account)
    {
        if (!account.IsArriving) events.Append(new AccountEvent(account.Did, account.Status));
    }

    /// <summary>How it stands, who it is, and where its repo is: for those who lost sight of it, or never saw it.</summary>
    /// <exception cref="XrpcException">RepoNotFound.</exception>
    public async Task IntroduceAsync(Account account, CancellationToken ct)
    {
        TellStatus(account);
        events.Append(new IdentityEvent(account.Did, account.ShownHandle));
        events.Append(SyncEvent.Of(await heads.EnsureSignedAsync(account.Did, ct)));
    }

    /// <summary>How it stands and, where anybody may see it, where its repo is: for those who may have missed something.</summary>
    /// <param name="account">Of whom.</param>
    /// <param name="signAnew">Whether the repo gets a revision of now, above any that was ever seen.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <inheritdoc cref="IntroduceAsync"/>
    public async Task RepeatAsync(Account account, bool signAnew, CancellationToken ct)
    {
        TellStatus(account);
        if (!account.IsActive) return;
        var head = signAnew ? await heads.SignAnewAsync(account.Did, ct) : await heads.EnsureSignedAsync(account.Did, ct);
        events.Append(SyncEvent.Of(head));
    }
}
