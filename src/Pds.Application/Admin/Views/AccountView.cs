using Pds.Application.Accounts;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin.Views;

/// <summary><c>com.atproto.admin.defs#accountView</c>: an account as its administrator sees it.</summary>
/// <param name="InvitedBy">The code that it signed up with; null for none.</param>
/// <param name="Invites">The codes that it has, oldest first.</param>
public sealed record AccountView(
    Did Did, Handle Handle, string? Email, AtDatetime IndexedAt, InviteCodeView? InvitedBy, IReadOnlyList<InviteCodeView>? Invites, bool? InvitesDisabled,
    string? InviteNote, AtDatetime? EmailConfirmedAt, AtDatetime? DeactivatedAt)
{
    internal static AccountView Of(Account account, InviteCode? invitedBy, IEnumerable<InviteCode> invites) => new(
        account.Did, account.ShownHandle, account.Email, AtDatetime.Of(account.CreatedAt),
        invitedBy is null ? null : InviteCodeView.Of(invitedBy), [.. invites.Select(InviteCodeView.Of)], account.InvitesDisabled, account.InviteNote,
        Moment(account.EmailConfirmedAt), Moment(account.DeactivatedAt));

    private static AtDatetime? Moment(DateTimeOffset? moment) => moment is { } given ? AtDatetime.Of(given) : null;
}
