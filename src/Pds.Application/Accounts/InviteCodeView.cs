using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary><c>com.atproto.server.defs#inviteCode</c>: a code as its owner and the administrator see it.</summary>
/// <param name="Available">How often it could be used when it was new; what is left is that less the uses.</param>
/// <param name="Uses">Newest first.</param>
public sealed record InviteCodeView(
    string Code, int Available, bool Disabled, InviteOwner ForAccount, InviteOwner CreatedBy, AtDatetime CreatedAt, IReadOnlyList<InviteCodeView.Use> Uses)
{
    public sealed record Use(Did UsedBy, AtDatetime UsedAt);

    internal static InviteCodeView Of(InviteCode code) => new(
        code.Code, code.AvailableUses, code.Disabled, code.ForAccount, code.CreatedBy, AtDatetime.Of(code.CreatedAt),
        [.. code.Uses.Select(use => new Use(use.UsedBy, AtDatetime.Of(use.UsedAt)))]);
}
