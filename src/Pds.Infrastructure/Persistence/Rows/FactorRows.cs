using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>An authenticator app; its secret is sealed under the operator's key, for that account and use.</summary>
internal sealed class TotpRow
{
    public required Did Did { get; init; }

    public required byte[] SealedSecret { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public long LastStep { get; set; }
}

internal sealed class BackupCodeRow
{
    public required Did Did { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class WrongCodesRow
{
    public required Did Did { get; init; }

    public int Count { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

internal sealed class PasskeyRow
{
    public required byte[] Id { get; init; }

    public required Did Did { get; init; }

    public required string OwnerId { get; init; }

    public required byte[] PublicKey { get; init; }

    public required string Name { get; init; }

    /// <summary>With a space between two.</summary>
    public required string Transports { get; init; }

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; set; }

    public long SignCount { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
