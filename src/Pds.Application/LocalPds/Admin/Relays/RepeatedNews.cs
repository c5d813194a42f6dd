using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin.Relays;

/// <summary>Tells the firehose of accounts again: one after the other, each in its turn and saved in it, so that nothing older than what was told comes after.</summary>
internal sealed class RepeatedNews(IAccountStore accounts, AccountNews news, IRepoGate gate, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>The least time for each account: subscribers have their own work to do, and those that fall behind are let go.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc cref="AccountNews.RepeatAsync"/>
    /// <returns>How many of them are here.</returns>
    public async Task<int> TellAsync(IReadOnlyList<Did> dids, bool signAnew, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var told = 0;
        foreach (var did in dids)
        {
            if (await TryTellAsync(did, signAnew, ct)) told++;
            await time.WaitAsync(started, Pace * told, ct);
        }

        return told;
    }

    private async Task<bool> TryTellAsync(Did did, bool signAnew, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(did, ct);
        if (await accounts.FindAsync(did, ct) is not { } account) return false;
        await news.RepeatAsync(account, signAnew, ct);
        await unitOfWork.SaveChangesAsync(ct);
        return true;
    }
}
