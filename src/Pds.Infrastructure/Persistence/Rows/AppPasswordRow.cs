using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class AppPasswordRow
{
    public required string Id { get; init; }

    public required Did Did { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; set; }

    public required bool Privileged { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
