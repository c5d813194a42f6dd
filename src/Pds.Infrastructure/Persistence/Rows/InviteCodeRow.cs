using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class InviteCodeRow
{
    public required string Code { get; init; }

    public required int AvailableUses { get; init; }

    public bool Disabled { get; set; }

    public required InviteOwner ForAccount { get; init; }

    public required InviteOwner CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class InviteCodeUseRow
{
    public required string Code { get; init; }

    public required Did UsedBy { get; init; }

    public required DateTimeOffset UsedAt { get; init; }
}
