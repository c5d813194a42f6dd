using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class DeviceRow
{
    public required string Id { get; init; }

    public required byte[] SecretHash { get; set; }

    public byte[]? PreviousHash { get; set; }

    public required DateTimeOffset RotatedAt { get; set; }

    public string? UserAgent { get; set; }

    public required string Address { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}

internal sealed class DeviceSignInRow
{
    public required Did Did { get; init; }

    public required string DeviceId { get; init; }

    public required DateTimeOffset SignedInAt { get; set; }

    public required DateTimeOffset UsedAt { get; set; }

    public required bool IsRemembered { get; set; }
}
