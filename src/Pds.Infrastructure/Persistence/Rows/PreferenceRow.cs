using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class PreferenceRow
{
    public required Did Did { get; init; }

    public required int Position { get; init; }

    public required string Type { get; init; }

    public required string Json { get; init; }
}
