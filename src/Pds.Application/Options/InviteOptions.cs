using Pds.Domain.Accounts;

namespace Pds.Application.Options;

/// <summary>Invite codes.</summary>
public sealed record InviteOptions
{
    /// <summary>How accounts earn them; null where they do not, as where sign-ups need none.</summary>
    public InviteAllowance? Allowance { get; init; }
}
