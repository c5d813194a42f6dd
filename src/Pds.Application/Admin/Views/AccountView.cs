using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Views;

/// <summary><c>com.atproto.admin.defs#accountView</c>: an account as its administrator sees it.</summary>
public sealed record AccountView(
    Did Did, Handle Handle, string? Email, AtDatetime IndexedAt, bool? InvitesDisabled, AtDatetime? EmailConfirmedAt, AtDatetime? DeactivatedAt)
{
    internal static AccountView Of(Account account) => new(
        account.Did, account.ShownHandle, account.Email, AtDatetime.Of(account.CreatedAt), account.InvitesDisabled,
        Moment(account.EmailConfirmedAt), Moment(account.DeactivatedAt));

    private static AtDatetime? Moment(DateTimeOffset? moment) => moment is { } given ? AtDatetime.Of(given) : null;
}
