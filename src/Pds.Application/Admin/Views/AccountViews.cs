using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Views;

/// <summary>Finds accounts for their administrator and describes them: the one place where a view comes about.</summary>
internal sealed class AccountViews(IAccountStore accounts, IInviteStore invites)
{
    /// <summary>Those of these accounts that are here, each once, in their order.</summary>
    public async Task<IReadOnlyList<AccountView>> FindAsync(IReadOnlyList<Did> dids, CancellationToken ct)
    {
        var found = new List<Account>(dids.Count);
        foreach (var did in dids.Distinct())
            if (await accounts.FindAsync(did, ct) is { } account) found.Add(account);
        return await DescribeAsync(found, ct);
    }

    /// <summary>A page of the accounts whose address contains a text, or of all; and where it ends, unless it is empty.</summary>
    public async Task<(IReadOnlyList<AccountView> Page, AccountCursor? End)> SearchAsync(string? email, AccountCursor? after, int limit, CancellationToken ct)
    {
        var page = await accounts.ListAsync(email, after, limit, ct);
        return (await DescribeAsync(page, ct), page.Count > 0 ? new AccountCursor(page[^1].CreatedAt, page[^1].Did) : null);
    }

    private async Task<IReadOnlyList<AccountView>> DescribeAsync(IReadOnlyList<Account> found, CancellationToken ct)
    {
        Did[] dids = [.. found.Select(account => account.Did)];
        var invitedBy = await invites.FindUsedByAsync(dids, ct);
        var own = await invites.ListOfAsync(dids, ct);
        return [.. found.Select(account => AccountView.Of(account, invitedBy.GetValueOrDefault(account.Did), own[account.Did]))];
    }
}
