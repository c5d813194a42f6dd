using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class AccountRow
{
    public required Did Did { get; init; }

    public Handle? Handle { get; set; }

    public string? Email { get; set; }

    /// <summary>The address in lower case: what makes it unique.</summary>
    public string? EmailKey { get; set; }

    public DateTimeOffset? EmailConfirmedAt { get; set; }

    public string? PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; set; }

    public DateTimeOffset? DeleteAfter { get; set; }

    public string? TakedownRef { get; set; }

    public bool InvitesDisabled { get; set; }

    public string? InviteNote { get; set; }

    public bool EmailAuthFactor { get; set; }

    public DateTimeOffset? SessionsValidFrom { get; set; }
}
