using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class SessionRow
{
    public required string Id { get; init; }

    public required Did Did { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public string? NextId { get; set; }

    public string? AppPasswordId { get; set; }
}
